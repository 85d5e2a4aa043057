using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Webhooks.Deliveries;

/// <summary>POST /webhooks/{webhook_id}/deliveries/{delivery_id}/resend: once more, whatever became of it.</summary>
public static class ResendDelivery
{
    internal static async Task<Accepted<DeliveryEntry>> Handle(
        [FromRoute(Name = "webhook_id")] Id<Webhook> webhookId, [FromRoute(Name = "delivery_id")] Id<Delivery> deliveryId, TenantDb db, WebhookOutbox outbox, CancellationToken ct)
    {
        await DeliveryEntry.FindAsync(webhookId, deliveryId, db, ct);
        await WebhookEntry.FindEnabledAsync(webhookId, db, ct);
        if (!await outbox.AgainAsync(webhookId, deliveryId, ct)) throw ApiProblem.NotFound("delivery");
        return TypedResults.Accepted($"/v1/webhooks/{webhookId}/deliveries/{deliveryId}", await DeliveryEntry.FindAsync(webhookId, deliveryId, db, ct));
    }
}
