using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Bots.Flow;

/// <summary>Something that customers want.</summary>
public sealed record BotIntent
{
    /// <example>order_status</example>
    [StringLength(BotFlow.LongestName), RegularExpression("^[a-z][a-z0-9_]*$")] public required string Name { get; init; }

    /// <summary>How people say it, in any language: words in other forms and in another order are recognised, too.</summary>
    /// <example>["where is my order"]</example>
    [MaxLength(100)] public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>Regular expressions that settle it, without look-around and back-references, so that none takes long. A group named like a slot fills it.</summary>
    /// <example>["order #?(?&lt;order_number>[0-9]{4,})"]</example>
    [MaxLength(20)] public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>What to do then.</summary>
    /// <example>ask_number</example>
    [StringLength(BotFlow.LongestName)] public required string Step { get; init; }
}
