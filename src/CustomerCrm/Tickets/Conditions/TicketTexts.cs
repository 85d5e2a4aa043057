using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tickets.Conditions;

/// <summary>What a ticket is about, in the customer's words: its subject, and what they wrote first.</summary>
internal sealed class TicketTexts(TenantDb db)
{
    private const int Messages = 3;

    public Task<string> OfAsync(Ticket ticket, CancellationToken ct) => OfAsync(ticket.Id, ticket.Subject, ct);

    public async Task<string> OfAsync(Id<Ticket> ticketId, string subject, CancellationToken ct) =>
        string.Join('\n', (await db.QueryTopAsync<string>(First, Messages, new { TicketId = ticketId }, ct)).Prepend(subject));

    private static readonly TenantSql First = TenantSql.Of("""
        SELECT i.Body
        FROM Tickets t
        JOIN ConversationEntries e ON e.TenantId = t.TenantId AND e.ConversationId = t.ConversationId
        JOIN Interactions i ON i.TenantId = e.TenantId AND i.Id = e.InteractionId
        WHERE t.TenantId = @TenantId
          AND t.Id = @TicketId
          AND e.Author = 1
          AND i.Body IS NOT NULL
        ORDER BY e.OccurredAt, e.Id
        """);
}
