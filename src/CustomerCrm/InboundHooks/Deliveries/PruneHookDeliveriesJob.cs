using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.InboundHooks.Deliveries;

/// <summary>Takes deliveries older than 30 days out of the log.</summary>
public sealed record PruneHookDeliveries;

internal sealed class PruneHookDeliveriesJob(TenantDb db, TimeProvider clock) : IJob<PruneHookDeliveries>
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public Task RunAsync(PruneHookDeliveries work, CancellationToken ct) => db.DeleteByPieceAsync(Old, Delete, new { Before = clock.GetUtcNow() - KeptFor }, ct);

    private static readonly TenantSql Old = TenantSql.Of("""
        SELECT d.Id
        FROM HookDeliveries d
        WHERE d.TenantId = @TenantId
          AND d.ReceivedAt < @Before
        ORDER BY d.ReceivedAt
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM HookDeliveries WHERE TenantId = @TenantId AND Id = @Id");
}
