using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Webhooks;

namespace CustomerCrm.Webhooks.Deliveries;

/// <summary>One event on its way to one webhook, and what became of it.</summary>
public record DeliveryEntry : IVersioned
{
    public required Id<Delivery> Id { get; init; }
    public required Id<Webhook> WebhookId { get; init; }

    /// <summary>The event; it is the <c>webhook-id</c> and the <c>id</c> of what is sent, the same at every attempt.</summary>
    public required Id<Event> EventId { get; init; }

    [StringLength(100)] public required string EventType { get; init; }

    /// <summary>It was made by hand, and stands in no feed.</summary>
    public bool IsTest => EventSeq is null;

    public required DeliveryStatus Status { get; init; }

    /// <summary>How many attempts were made.</summary>
    public required int AttemptCount { get; init; }

    /// <summary>Of a pending one.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The HTTP status of the last answer; null if the last attempt had none.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Why the last attempt had no answer: <c>timeout</c>, <c>connection_failed</c>, <c>internal_address</c>.</summary>
    [StringLength(50)] public string? LastError { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its place in the feed.</summary>
    internal long? EventSeq { get; init; }

    /// <exception cref="ApiProblem">404: this webhook has none of this id.</exception>
    internal static async Task<DeliveryEntry> FindAsync(Id<Webhook> webhookId, Id<Delivery> deliveryId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<DeliveryEntry>(ById, new { WebhookId = webhookId, DeliveryId = deliveryId }, ct) ?? throw ApiProblem.NotFound("delivery");

    private static readonly TenantSql OfWebhook = TenantSql.Of("""
        SELECT d.Id, d.WebhookId, d.EventId, d.EventType, d.EventSeq, d.Status, d.Attempts AS AttemptCount, d.DueAt AS NextAttemptAt,
               d.LastStatus, d.LastError, d.DeliveredAt, d.Revision, d.CreatedAt
        FROM WebhookDeliveries d
        WHERE d.TenantId = @TenantId
          AND d.WebhookId = @WebhookId
        """);

    private static readonly TenantSql ById = OfWebhook.Then("AND d.Id = @DeliveryId");

    // Ids sort by the time they were made; so the key serves as the order's index.
    internal static readonly ListOf<DeliveryEntry> List = ListOf<DeliveryEntry>.From(OfWebhook, "d.Id", delivery => delivery.Id.ToBytes())
        .SortedBy("created_at", "d.Id", delivery => delivery.Id, isDescending: true)
        .FilteredBy("status", "d.Status", FilterType.OneOf<DeliveryStatus>(), Operators.Equal)
        .FilteredBy("event_type", "d.EventType", FilterType.Text(100, "order.paid"), Operators.Equal)
        .FilteredBy("event_id", "d.EventId", FilterType.IdOf<Event>(), Operators.Equal);
}
