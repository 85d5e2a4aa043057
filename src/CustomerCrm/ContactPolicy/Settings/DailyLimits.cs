using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.ContactPolicy;

/// <summary>What may leave on a day of the tenant's time zone. The installation's operator has ceilings of their own.</summary>
public sealed record DailyLimits
{
    /// <summary>E-mails.</summary>
    /// <example>10000</example>
    [Range(0, 10_000_000)] public int Email { get; init; } = 10_000;

    /// <summary>Parts of text messages, since each part is paid for: 160 characters, or 70 with a single one beyond the alphabet of GSM.</summary>
    /// <example>500</example>
    [Range(0, 10_000_000)] public int Sms { get; init; } = 500;

    internal int Of(MessageChannel channel) => channel == MessageChannel.Sms ? Sms : Email;
}
