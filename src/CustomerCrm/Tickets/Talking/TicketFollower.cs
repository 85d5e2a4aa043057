using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tickets.Talking;

/// <summary>
/// A conversation turns out to be another customer's, and so do its tickets, also those that are closed: who asked is who wrote. One whose requester somebody had
/// changed by hand stays with whom it was given to.
/// </summary>
internal sealed class TicketFollower(TenantDb db, TicketWriter tickets) : IConversationWatcher
{
    public async Task MovedAsync(Conversation moved, Id<Customer> from, CancellationToken ct)
    {
        foreach (var id in await db.QueryAsync<Id<Ticket>>(TalkedAboutThere, new { ConversationId = moved.Id, From = from }, ct))
        {
            var before = await Ticket.LockAsync(id, db, ct);
            await tickets.SaveAsync(before, before with { CustomerId = moved.CustomerId }, TicketMoment.Changed, ct);
        }
    }

    private static readonly TenantSql TalkedAboutThere = TenantSql.Of("""
        SELECT t.Id
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.ConversationId = @ConversationId
          AND t.CustomerId = @From
        ORDER BY t.Number
        """);
}
