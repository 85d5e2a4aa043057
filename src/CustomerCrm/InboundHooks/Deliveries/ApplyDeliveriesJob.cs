using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.InboundHooks.Deliveries;

/// <summary>Applies what a hook or storefront has received and is not settled: after a crash, after a replay, after the database was away.</summary>
public sealed record ApplyDeliveries(Guid Receiver);

internal sealed class ApplyDeliveriesJob(TenantDb db, DeliverySettling settling, JobQueue jobs, TimeProvider clock) : IJob<ApplyDeliveries>
{
    private const int AtOnce = 100;

    public async Task RunAsync(ApplyDeliveries work, CancellationToken ct)
    {
        var (after, isAnyLeft) = (default(Id<HookDelivery>), false);
        while (await db.QueryTopAsync<Id<HookDelivery>>(Open, AtOnce, new { ReceiverId = work.Receiver.ToByteArray(bigEndian: true), After = after }, ct) is { Count: > 0 } open)
        {
            foreach (var id in open) isAnyLeft |= await settling.SettleAsync(id, ct) is null;
            after = open[^1];
        }
        if (isAnyLeft) await jobs.EnqueueAsync(work, new JobTerms { UniqueKey = work.Receiver.ToString("N"), RunAt = clock.GetUtcNow().AddMinutes(1) }, ct);
    }

    private static readonly TenantSql Open = TenantSql.Of("""
        SELECT d.Id
        FROM HookDeliveries d
        WHERE d.TenantId = @TenantId
          AND d.ReceiverId = @ReceiverId
          AND d.Outcome = 1
          AND d.Id > @After
        ORDER BY d.Id
        """);
}
