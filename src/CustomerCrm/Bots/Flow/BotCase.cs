using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Bots.Flow;

/// <summary>What must hold for a step to be next.</summary>
public sealed record BotCase
{
    /// <summary>slots.NAME, customer.is_identified (true, false), customer.language, channel, or hours.are_open (true, false).</summary>
    /// <example>slots.reason</example>
    [StringLength(100)] public required string Field { get; init; }

    public required CaseOperator Is { get; init; }

    /// <summary>Without regard to case; of set and not_set none.</summary>
    /// <example>refund</example>
    [StringLength(200)] public string? Value { get; init; }

    /// <example>refund</example>
    [StringLength(BotFlow.LongestName)] public required string Next { get; init; }
}

public enum CaseOperator
{
    Equal,
    NotEqual,
    Contains,
    Set,
    NotSet,
}
