using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Webhooks.Deliveries;

/// <summary>Forgets deliveries that succeeded a week ago, and all others after 30 days, when their events are gone too.</summary>
public sealed record PruneDeliveries;

internal sealed class PruneDeliveriesJob(TenantDb db, TimeProvider clock) : IJob<PruneDeliveries>
{
    private static readonly TimeSpan delivered = TimeSpan.FromDays(7), others = TimeSpan.FromDays(30);

    public Task RunAsync(PruneDeliveries work, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.DeleteByPieceAsync(Expired, Forget, new { Delivered = now - delivered, Others = now - others }, ct);
    }

    private static readonly TenantSql Expired = TenantSql.Of("""
        SELECT d.Id
        FROM WebhookDeliveries d
        WHERE d.TenantId = @TenantId
          AND d.CreatedAt < @Delivered
          AND ((d.Status = 2 AND d.DeliveredAt < @Delivered) OR d.CreatedAt < @Others)
        ORDER BY d.CreatedAt
        """);

    private static readonly TenantSql Forget = TenantSql.Of("""
        DELETE FROM WebhookDeliveries
        WHERE TenantId = @TenantId AND Id = @Id
        """);
}
