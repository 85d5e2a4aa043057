using CustomerCrm.Bots.Flow;
using CustomerCrm.Bots.Talking;
using CustomerCrm.Conversations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;

namespace CustomerCrm.Bots.Answering;

/// <summary>Opens a ticket for what a bot hands over, so that routing and promises hold for it: once, and only where the conversation has none.</summary>
internal sealed class BotTickets(TenantDb db, TicketWriter tickets, TimeProvider clock)
{
    /// <param name="conversation">As it is after the note of the hand-over: whoever writes to it has it, so no other hand-over is between the question and the ticket.</param>
    /// <param name="bot">Who hands over.</param>
    /// <param name="move">Why, and what was learnt.</param>
    /// <param name="teamId">Whose queue; null: nobody's yet.</param>
    /// <param name="asked">What the customer began with.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null: the flow wants none, or there is one.</returns>
    public async Task<Id<Ticket>?> OpenAsync(Conversation conversation, ChosenBot bot, BotMove move, Id<Team>? teamId, string? asked, CancellationToken ct)
    {
        var wanted = bot.Flow.Ticket ?? new BotTicket();
        if (!wanted.IsOpened || await db.FindAsync<int>(OfConversation, new { ConversationId = conversation.Id }, ct) > 0) return null;
        var ticket = await tickets.OpenAsync(new NewTicket
        {
            CustomerId = conversation.CustomerId,
            ConversationId = conversation.Id,
            Subject = conversation.Subject ?? asked ?? move.State.Intent ?? "A question to the bot",
            Channel = conversation.Channel,
            Type = wanted.Type,
            Priority = wanted.Priority,
            Tags = wanted.Tags,
            TeamId = teamId,
            AssigneeId = conversation.AssigneeId,
            Language = move.State.Locale,
            CustomerRepliedAt = conversation.LastCustomerAt ?? clock.GetUtcNow(),
            Origin = new TicketOrigin("bot", bot.Id.ToString()),
        }, ct);
        return ticket.Id;
    }

    private static readonly TenantSql OfConversation = TenantSql.Of("SELECT COUNT(*) FROM Tickets t WHERE t.TenantId = @TenantId AND t.ConversationId = @ConversationId");
}
