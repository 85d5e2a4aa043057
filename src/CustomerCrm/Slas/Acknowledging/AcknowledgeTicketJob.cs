using CustomerCrm.Interactions;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Slas.Choosing;
using CustomerCrm.Slas.Clocks;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;

namespace CustomerCrm.Slas.Acknowledging;

/// <summary>Tell a customer who has written while nobody is there when to expect an answer.</summary>
public sealed record AcknowledgeTicket(Id<Ticket> TicketId);

/// <summary>
/// Once for each burst of messages: the row that says so and the message are one transaction, under a key of the customer's message. Programs are not
/// answered, so two of them never write to each other. The ticket is not held: whoever answers it holds the customer first and the ticket behind them.
/// </summary>
internal sealed class AcknowledgeTicketJob(TenantDb db, AcknowledgementSettings settings, SlaChoice choice, CalendarEditions calendars, AcknowledgementPost post, TimeProvider clock) : IJob<AcknowledgeTicket>
{
    public Task RunAsync(AcknowledgeTicket work, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var now = clock.GetUtcNow();
        var policy = await settings.GetAsync(ct);
        if (!policy.IsEnabled || await FindAsync(work.TicketId, ct) is not { } ticket || ticket.IsSolved || ticket.CustomerRepliedAt is null || ticket.RepliedAt >= ticket.CustomerRepliedAt) return;
        var last = await db.QueryTopAsync<LastMessage>(LastOf, 1, new { TicketId = ticket.Id }, ct);
        var channel = last.Count > 0 ? last[0].Channel ?? ticket.Channel : ticket.Channel;
        if (channel is not (InteractionChannel.Email or InteractionChannel.Sms)) return;
        var chosen = await choice.ChooseAsync(ticket, ct);
        if ((chosen.Calendar ?? await calendars.CurrentAsync(null, ticket.TeamId?.Value, ct)) is not { } calendar) return;
        var hours = (await calendars.HoursAsync(calendar, ct)).Hours;
        if (hours.IsOpen(now) || hours.NextOpen(now) is not { } opens) return;
        if (last.Count > 0 && (last[0].IsAutomatic || last[0].IsBulk || AutomaticSender.Is(last[0].FromAddress)))
        {
            await KeepAsync(ticket, null, null, "automatic_sender", ct);
            return;
        }
        if (await db.FindAsync<int>(Told, new { TicketId = ticket.Id, Since = now.AddHours(-policy.BurstHours), RepliedAt = ticket.RepliedAt ?? DateTimeOffset.UnixEpoch }, ct) > 0) return;
        var due = await db.QueryAsync<DateTimeOffset>(Due, new { TicketId = ticket.Id, Running = SlaClockState.Running, Resolution = SlaPromise.Resolution }, ct);
        var expected = due.Where(at => at > opens).DefaultIfEmpty(opens).Min();
        var message = await post.PostAsync(ticket, channel, last.Count > 0 ? last[0].FromAddress : null, policy, new AcknowledgementTimes(opens, expected, await calendars.ZoneAsync(calendar, ct)), ct);
        await KeepAsync(ticket, expected, message?.Id, message is null ? "no_address" : message.State == MessageState.Refused ? "refused" : "sent", ct);
    }, ct);

    private Task<int> KeepAsync(Ticket ticket, DateTimeOffset? expected, Id<Message>? messageId, string outcome, CancellationToken ct) =>
        db.ExecuteAsync(Keep, new { Id = Id<Acknowledgement>.New(), TicketId = ticket.Id, Now = clock.GetUtcNow(), ExpectedAt = expected, MessageId = messageId?.ToBytes(), Outcome = outcome }, ct);

    private Task<Ticket?> FindAsync(Id<Ticket> ticketId, CancellationToken ct) => db.FindAsync<Ticket>(ById, new { TicketId = ticketId }, ct);

    private sealed record LastMessage
    {
        public InteractionChannel? Channel { get; init; }
        public string? FromAddress { get; init; }
        public required bool IsAutomatic { get; init; }
        public required bool IsBulk { get; init; }
    }

    private static readonly TenantSql ById = Ticket.Matching.Then("AND t.Id = @TicketId");

    private static readonly TenantSql LastOf = TenantSql.Of("""
        SELECT e.Channel, e.FromAddress, e.IsAutomatic, e.IsBulk
        FROM Tickets t
        JOIN ConversationEntries e ON e.TenantId = t.TenantId AND e.ConversationId = t.ConversationId
        WHERE t.TenantId = @TenantId
          AND t.Id = @TicketId
          AND e.Kind = 1
          AND e.Author = 1
        ORDER BY e.Number DESC
        """);

    // In the whole conversation: a second ticket of the same night is the same burst.
    private static readonly TenantSql Told = TenantSql.Of("""
        SELECT COUNT(*)
        FROM Tickets t
        JOIN Tickets o ON o.TenantId = t.TenantId AND (o.Id = t.Id OR o.ConversationId = t.ConversationId)
        JOIN SlaAcknowledgements a ON a.TenantId = o.TenantId AND a.TicketId = o.Id
        WHERE t.TenantId = @TenantId
          AND t.Id = @TicketId
          AND a.Outcome = 'sent'
          AND a.At > @Since
          AND a.At >= @RepliedAt
        """);

    private static readonly TenantSql Due = TenantSql.Of("""
        SELECT c.DueAt
        FROM SlaClocks c
        WHERE c.TenantId = @TenantId
          AND c.TicketId = @TicketId
          AND c.State = @Running
          AND c.Promise <> @Resolution
          AND c.DueAt IS NOT NULL
        """);

    private static readonly TenantSql Keep = TenantSql.Of("""
        INSERT INTO SlaAcknowledgements (TenantId, Id, TicketId, At, ExpectedAt, MessageId, Outcome)
        SELECT t.TenantId, @Id, t.Id, @Now, @ExpectedAt, @MessageId, @Outcome
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.Id = @TicketId
          AND NOT EXISTS (SELECT 1 FROM SlaAcknowledgements a WHERE a.TenantId = @TenantId AND a.TicketId = @TicketId AND a.MessageId = @MessageId)
        """);
}
