using System.ComponentModel.DataAnnotations;
using CustomerCrm.Tags;
using CustomerCrm.Tickets;

namespace CustomerCrm.Bots.Flow;

/// <summary>What becomes of a conversation that a bot hands over.</summary>
/// <example>{"is_opened":true,"type":"question","priority":"normal","tags":["bot"]}</example>
public sealed record BotTicket
{
    /// <summary>A hand-over opens a ticket, once; not where the conversation has one. False: the conversation waits in its queue by itself.</summary>
    public bool IsOpened { get; init; } = true;

    public TicketType Type { get; init; } = TicketType.Question;
    public TicketPriority Priority { get; init; } = TicketPriority.Normal;

    /// <summary>By name; they are made where there are none of it.</summary>
    /// <example>["bot"]</example>
    [MaxLength(TagBook.MostOnOne), TagName] public IReadOnlyList<string> Tags { get; init; } = [];
}
