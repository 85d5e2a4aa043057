using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Slas.Ledger;
using CustomerCrm.Tickets;

namespace CustomerCrm.Slas;

/// <summary>Bring all clocks that are not stopped to what the policies and calendars say now.</summary>
public sealed record FollowSlas;

/// <summary>A few tickets in each transaction. A second run finds nothing to do where the first one was.</summary>
internal sealed class FollowSlasJob(TenantDb db, SlaLedger ledger, SlaWatcher watcher) : IJob<FollowSlas>
{
    private const int AtOnce = 25;

    public async Task RunAsync(FollowSlas work, CancellationToken ct)
    {
        var last = new Id<Ticket>(Guid.Empty);
        while (await db.QueryTopAsync<Id<Ticket>>(Behind, AtOnce, new { After = last }, ct) is { Count: > 0 } some)
        {
            ct.ThrowIfCancellationRequested();
            await db.InTransactionAsync(async () =>
            {
                foreach (var ticketId in some)
                    if (await db.FindAsync<int?>(Has, new { TicketId = ticketId }, ct) is not null)
                        await watcher.FollowAsync(await Ticket.LockAsync(ticketId, db, ct), await ledger.ReadAsync(ticketId, ct), ct);
            }, ct);
            last = some[^1];
        }
    }

    private static readonly TenantSql Behind = TenantSql.Of("""
        SELECT c.TicketId
        FROM SlaClocks c
        WHERE c.TenantId = @TenantId
          AND c.TicketId > @After
          AND c.State < 3
        GROUP BY c.TicketId
        ORDER BY c.TicketId
        """);

    private static readonly TenantSql Has = TenantSql.Of("SELECT 1 FROM Tickets t WHERE t.TenantId = @TenantId AND t.Id = @TicketId");
}
