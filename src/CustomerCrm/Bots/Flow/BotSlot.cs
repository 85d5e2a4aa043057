using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Bots.Flow;

/// <summary>Something that has to be known.</summary>
public sealed record BotSlot
{
    /// <example>order_number</example>
    [StringLength(BotFlow.LongestName), RegularExpression("^[a-z][a-z0-9_]*$")] public required string Name { get; init; }

    public required SlotType Type { get; init; }

    /// <summary>Of the type choice: what can be chosen.</summary>
    /// <example>["refund","exchange"]</example>
    [MaxLength(20)] public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>How often it is asked for; then the step's failed is next.</summary>
    [Range(1, 5)] public int MaxTries { get; init; } = 2;
}

/// <summary>How an answer is read.</summary>
public enum SlotType
{
    Text,
    /// <summary>With a point before decimals: <c>12,50</c> is 12.50. Three digits behind a mark are thousands: <c>1.500</c> and <c>1,500</c> are 1500.</summary>
    Number,
    Email,
    Phone,

    /// <summary>2026-11-26, or 26.11.2026.</summary>
    Date,
    YesNo,
    OrderNumber,
    Choice,
}
