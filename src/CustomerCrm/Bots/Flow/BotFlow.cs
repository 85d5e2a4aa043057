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

    /// <summary>The ticket that a hand-over opens where the conversation has none yet; left out: one as usual.</summary>
    public BotTicket? Ticket { get; init; }

    /// <summary>When people are there; left out: by the default calendar, and always where there is none.</summary>
    public Id<BusinessCalendar>? CalendarId { get; init; }
}
