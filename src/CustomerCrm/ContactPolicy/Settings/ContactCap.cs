using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.ContactPolicy;

/// <summary>So many messages of these purposes in any stretch of this length that ends with the message.</summary>
public sealed record ContactCap
{
    /// <example>day</example>
    public CapPeriod Per { get; init; }

    /// <example>2</example>
    [Range(0, 1000)] public int Most { get; init; } = -1;

    /// <summary>Which purposes count and are held back.</summary>
    [MinLength(1), MaxLength(3)] public IReadOnlyList<MessagePurpose> Purposes { get; init; } = [MessagePurpose.Marketing];

    internal TimeSpan Length => Per switch
    {
        CapPeriod.Day => TimeSpan.FromDays(1),
        CapPeriod.Week => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(30),
    };
}

public enum CapPeriod
{
    /// <summary>24 hours.</summary>
    Day,

    /// <summary>7 days.</summary>
    Week,

    /// <summary>30 days.</summary>
    Month,
}

public sealed record MinimumGap
{
    /// <example>240</example>
    [Range(1, 43_200)] public int Minutes { get; init; }

    /// <summary>Which purposes count and are held back.</summary>
    [MinLength(1), MaxLength(3)] public IReadOnlyList<MessagePurpose> Purposes { get; init; } = [MessagePurpose.Marketing];
}
