using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Tickets;

/// <summary>A customer is back from the bin with their tickets: whoever watches tickets goes on with them.</summary>
internal sealed class RestoredTickets(TenantDb db, IEnumerable<ITicketWatcher> watchers) : IRestored
{
    public string Kind => CustomerRecord.Kind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        foreach (var ticketId in await db.QueryAsync<Id<Ticket>>(OfCustomer, new { CustomerId = new Id<Customer>(recordId) }, ct))
            foreach (var watcher in watchers) await watcher.RestoredAsync(await Ticket.LockAsync(ticketId, db, ct), ct);
    }

    private static readonly TenantSql OfCustomer = TenantSql.Of("SELECT t.Id FROM Tickets t WHERE t.TenantId = @TenantId AND t.CustomerId = @CustomerId ORDER BY t.Id");
}
