using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Slas.Ledger;
using CustomerCrm.Tickets;

namespace CustomerCrm.Slas;

/// <summary>A customer is somebody else to an SLA than before, perhaps: choose anew for their tickets.</summary>
public sealed record FollowCustomer(Id<Customer> CustomerId);

/// <summary>A second run finds every clock where the first one brought it.</summary>
internal sealed class FollowCustomerJob(TenantDb db, SlaLedger ledger, SlaWatcher watcher) : IJob<FollowCustomer>
{
    private const int Most = 200;

    public async Task RunAsync(FollowCustomer work, CancellationToken ct)
    {
        foreach (var ticketId in await db.QueryTopAsync<Id<Ticket>>(Promised, Most, new { work.CustomerId }, ct))
        {
            ct.ThrowIfCancellationRequested();
            await db.InTransactionAsync(async () =>
            {
                if (await db.FindAsync<int?>(Has, new { TicketId = ticketId }, ct) is not null)
                    await watcher.FollowAsync(await Ticket.LockAsync(ticketId, db, ct), await ledger.ReadAsync(ticketId, ct), ct);
            }, ct);
        }
    }

    private static readonly TenantSql Promised = TenantSql.Of("""
        SELECT t.Id
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.CustomerId = @CustomerId
          AND t.Category < 5
          AND EXISTS (SELECT 1 FROM SlaClocks c WHERE c.TenantId = t.TenantId AND c.TicketId = t.Id AND c.State < 3)
        ORDER BY t.Id
        """);

    private static readonly TenantSql Has = TenantSql.Of("SELECT 1 FROM Tickets t WHERE t.TenantId = @TenantId AND t.Id = @TicketId");
}
