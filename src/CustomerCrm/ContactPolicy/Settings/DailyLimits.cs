using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.ContactPolicy;

/// <summary>Messages per day of the tenant's time zone. The installation's operator has ceilings of their own.</summary>
public sealed record DailyLimits
{
    /// <example>10000</example>
    [Range(0, 10_000_000)] public int Email { get; init; } = 10_000;

    /// <example>500</example>
    [Range(0, 10_000_000)] public int Sms { get; init; } = 500;

    internal int Of(MessageChannel channel) => channel == MessageChannel.Sms ? Sms : Email;
}
