using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Teams;

namespace CustomerCrm.Bots.Flow;

/// <summary>One thing to do, and what comes next.</summary>
public sealed record BotStep
{
    /// <example>ask_number</example>
    [StringLength(BotFlow.LongestName), RegularExpression("^[a-z][a-z0-9_]*$")] public required string Name { get; init; }

    public required StepKind Do { get; init; }

    /// <summary>By language; {slot} stands for what is known. Of say and ask it is needed, of the others it is said first.</summary>
    /// <example>{"en":"What is the number of your order?"}</example>
    public IReadOnlyDictionary<string, string>? Say { get; init; }

    /// <summary>Of ask: which to fill. Of order_status: the number; left out: the latest order. Of search_articles: what to look for; left out: the message.</summary>
    [StringLength(BotFlow.LongestName)] public string? Slot { get; init; }

    /// <summary>Of say and ask: the next step; left out: the end.</summary>
    [StringLength(BotFlow.LongestName)] public string? Next { get; init; }

    /// <summary>Of branch: the first that holds is next.</summary>
    [MaxLength(20)] public IReadOnlyList<BotCase> Cases { get; init; } = [];

    /// <summary>Of branch: where none holds.</summary>
    [StringLength(BotFlow.LongestName)] public string? Otherwise { get; init; }

    /// <summary>Of search_articles and order_status: where something was found and said; left out: it asks whether that helped.</summary>
    [StringLength(BotFlow.LongestName)] public string? Found { get; init; }

    /// <summary>Where nothing was found; left out: to a person.</summary>
    [StringLength(BotFlow.LongestName)] public string? NotFound { get; init; }

    /// <summary>Of order_status: where nobody has proven who they are; left out: to a person.</summary>
    [StringLength(BotFlow.LongestName)] public string? NotIdentified { get; init; }

    /// <summary>Of ask: where no answer could be read; left out: to a person.</summary>
    [StringLength(BotFlow.LongestName)] public string? Failed { get; init; }

    /// <summary>Of ask_helpful: where it helped; left out: the end.</summary>
    [StringLength(BotFlow.LongestName)] public string? Yes { get; init; }

    /// <summary>Of ask_helpful: where it did not; left out: to a person.</summary>
    [StringLength(BotFlow.LongestName)] public string? No { get; init; }

    /// <summary>Of hand_over: whose queue; left out: the flow's.</summary>
    public Id<Team>? TeamId { get; init; }

    internal IEnumerable<(string Member, string Target)> Targets =>
        new (string Member, string? Target)[] { ("next", Next), ("otherwise", Otherwise), ("found", Found), ("not_found", NotFound), ("not_identified", NotIdentified), ("failed", Failed), ("yes", Yes), ("no", No) }
            .Where(one => one.Target is not null).Select(one => (one.Member, one.Target!))
            .Concat(Cases.Index().Select(one => (string.Create(System.Globalization.CultureInfo.InvariantCulture, $"cases/{one.Index}/next"), one.Item.Next)));
}

public enum StepKind
{
    Say,
    Ask,
    Branch,
    SearchArticles,
    OrderStatus,
    AskHelpful,
    HandOver,
    End,
}
