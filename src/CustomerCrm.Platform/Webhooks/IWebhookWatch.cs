using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>Who is told when an endpoint is in trouble, in the transaction that writes it down and as the endpoint's tenant.</summary>
public interface IWebhookWatch
{
    /// <summary>Every attempt of the schedule failed.</summary>
    Task ExhaustedAsync(ExhaustedDelivery delivery, CancellationToken ct);

    /// <summary>From now on nothing is sent to it: put that down, and hold what waits.</summary>
    Task DisabledAsync(Id<Webhook> webhookId, DisabledReason reason, CancellationToken ct);
}

/// <summary>A delivery that was given up.</summary>
public sealed record ExhaustedDelivery
{
    public required Id<Webhook> WebhookId { get; init; }
    public required Id<Delivery> DeliveryId { get; init; }
    public required Id<Event> EventId { get; init; }
    public required string EventType { get; init; }
    public required int Attempts { get; init; }

    /// <summary>Of the last answer; null when there was none.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Why there was no answer.</summary>
    public string? LastError { get; init; }
}
