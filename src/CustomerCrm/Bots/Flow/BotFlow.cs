using System.ComponentModel.DataAnnotations;
using CustomerCrm.BusinessCalendars;
using CustomerCrm.Platform.Data;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;

namespace CustomerCrm.Bots.Flow;

/// <summary>What a bot recognises, asks and says. That it is a bot, and that one word reaches a person, it says by itself.</summary>
public sealed record BotFlow
{
    public const int LongestName = 50, LongestText = 1000;

    /// <summary>The language that every text is written in, at least; others stand beside it.</summary>
    /// <example>en</example>
    [StringLength(20), LanguageTag] public required string Locale { get; init; }

    /// <summary>Said once, behind the sentence that says that it is a bot.</summary>
    /// <example>{"en":"I can tell you where an order is."}</example>
    public IReadOnlyDictionary<string, string>? Introduction { get; init; }

    [MaxLength(100)] public IReadOnlyList<BotIntent> Intents { get; init; } = [];
    [MaxLength(50)] public IReadOnlyList<BotSlot> Slots { get; init; } = [];
    [MaxLength(200)] public IReadOnlyList<BotStep> Steps { get; init; } = [];

    /// <summary>The step for what is not recognised; left out: the articles are searched for it.</summary>
    [StringLength(LongestName)] public string? Fallback { get; init; }

    /// <summary>How many messages in a row it may not understand before it hands over.</summary>
    [Range(0, 5)] public int MaxMisses { get; init; } = 1;

    /// <summary>Whose queue it hands over to, where the step names none.</summary>
    public Id<Team>? TeamId { get; init; }

    /// <summary>When people are there; left out: by the default calendar, and always where there is none.</summary>
    public Id<BusinessCalendar>? CalendarId { get; init; }
}

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
    Number,
    Email,
    Phone,

    /// <summary>2026-11-26, or 26.11.2026.</summary>
    Date,
    YesNo,
    OrderNumber,
    Choice,
}

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
