using CustomerCrm.Bots.Talking;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tickets;

namespace CustomerCrm.Bots.Answering;

/// <summary>The kind of id that a bot's talk has.</summary>
public sealed record BotSession : IHasId
{
    public static string Prefix => "talk";
}

/// <summary>What happened in a bot's talk.</summary>
public sealed record BotNews
{
    public required Id<Bot> BotId { get; init; }
    public required Id<BotSession> TalkId { get; init; }
    public required Id<Conversation> ConversationId { get; init; }
    public required Id<Customer> CustomerId { get; init; }
    public required BotOutcome Outcome { get; init; }

    /// <summary>Of a hand-over: asked, not_understood, flow, not_helpful, not_identified, failed.</summary>
    public string? Reason { get; init; }

    /// <example>order_status</example>
    public string? Intent { get; init; }

    /// <summary>What the customer has said, by slot.</summary>
    public required IReadOnlyDictionary<string, string> Slots { get; init; }

    /// <summary>Of a hand-over: the ticket that it opened; null where it opened none.</summary>
    public required Id<Ticket>? TicketId { get; init; }

    internal static BotNews Of(Id<Bot> botId, Id<BotSession> talkId, Conversation conversation, BotMove move, Id<Ticket>? ticketId) => new()
    {
        BotId = botId, TalkId = talkId, ConversationId = conversation.Id, CustomerId = conversation.CustomerId, Outcome = move.Outcome, Reason = move.Reason, Intent = move.State.Intent, Slots = move.State.Slots, TicketId = ticketId,
    };
}
