using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Webhooks;
using CustomerCrm.Webhooks.Types;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Webhooks.Deliveries;

/// <summary>POST /webhooks/{webhook_id}/test: an event that never happened, delivered like one that did.</summary>
public static class TestWebhook
{
    public sealed record Request
    {
        /// <summary>As which event: <c>webhook.test</c> if nothing is said.</summary>
        /// <example>customer.created</example>
        [StringLength(100, MinimumLength = 1)] public string? Type { get; init; }
    }

    internal static async Task<Created<DeliveryEntry>> Handle(
        [FromRoute(Name = "webhook_id")] Id<Webhook> webhookId, Request request, TenantDb db, WebhookOutbox outbox, CancellationToken ct)
    {
        var type = request.Type ?? EventTypes.Test;
        var known = EventTypes.Find(type) ?? throw ApiProblem.Invalid("/type", "unknown_event_type", "No event is called so; GET /v1/webhooks/event_types lists them.");
        await WebhookEntry.FindEnabledAsync(webhookId, db, ct);
        var delivery = new NewDelivery
        {
            Id = Id<Delivery>.New(), WebhookId = webhookId, EventId = Id<Event>.New(), EventSeq = null, EventType = type,
            TestData = JsonSerializer.Serialize(known.MadeUp(), StrictJson.Options),
        };
        await outbox.AddAsync([delivery], ct);
        return TypedResults.Created($"/v1/webhooks/{webhookId}/deliveries/{delivery.Id}", await DeliveryEntry.FindAsync(webhookId, delivery.Id, db, ct));
    }
}
