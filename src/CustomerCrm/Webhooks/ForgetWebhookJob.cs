using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Webhooks;

namespace CustomerCrm.Webhooks;

/// <summary>Take a deleted webhook's deliveries away, and then itself: there may be a million of them.</summary>
public sealed record ForgetWebhook(Id<Webhook> WebhookId);

internal sealed class ForgetWebhookJob(TenantDb db) : IJob<ForgetWebhook>
{
    public async Task RunAsync(ForgetWebhook work, CancellationToken ct)
    {
        await db.DeleteByPieceAsync(OfWebhook, Forget, work, ct);
        await db.InTransactionAsync(() => db.ExecuteAsync(Delete, work, ct), ct);
    }

    private static readonly TenantSql OfWebhook = TenantSql.Of("""
        SELECT d.Id
        FROM WebhookDeliveries d
        WHERE d.TenantId = @TenantId
          AND d.WebhookId = @WebhookId
        ORDER BY d.Id
        """);

    private static readonly TenantSql Forget = TenantSql.Of("DELETE FROM WebhookDeliveries WHERE TenantId = @TenantId AND Id = @Id");

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Webhooks
        WHERE TenantId = @TenantId AND Id = @WebhookId AND DeletedAt IS NOT NULL
        """);
}
