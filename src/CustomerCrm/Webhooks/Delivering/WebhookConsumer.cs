using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Webhooks;

namespace CustomerCrm.Webhooks.Delivering;

/// <summary>Makes a delivery of each event for each webhook that hears it. What is loaded quietly is told to nobody.</summary>
internal sealed class WebhookConsumer(TenantDb db, WebhookOutbox outbox) : IEventConsumer
{
    public const string ConsumerName = "webhooks";

    public string Name => ConsumerName;

    public async ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) =>
        events.Any(e => !e.IsQuiet) && (await db.QueryAsync<Listener>(Listeners, null, ct)).Any(listener => events.Any(e => !e.IsQuiet && listener.Hears(e)));

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        var loud = events.Where(e => !e.IsQuiet).ToArray();
        if (loud.Length == 0) return;
        var deliveries = from webhook in await db.QueryAsync<Listener>(Listeners, null, ct)
                         from happened in loud
                         where webhook.Hears(happened)
                         select new NewDelivery
                         {
                             Id = Id<Delivery>.New(), WebhookId = webhook.Id, EventId = happened.Id, EventSeq = happened.Seq, EventType = happened.Type, IsHeld = webhook.Status == WebhookStatus.Disabled,
                         };
        if (deliveries.ToArray() is { Length: > 0 } some) await outbox.AddAsync(some, ct);
    }

    internal sealed record Listener
    {
        public required Id<Webhook> Id { get; init; }
        public required string Filters { get; init; }
        public required WebhookStatus Status { get; init; }
        public required long AfterSeq { get; init; }

        public bool Hears(EventRow happened) => happened.Seq > AfterSeq && WebhookHearing.Hears(Id, Filters.Split(' '), happened.Type, happened.Data);
    }

    // One that said it is gone wants nothing held for it.
    private static readonly TenantSql Listeners = TenantSql.Of("""
        SELECT w.Id, w.Filters, w.Status, w.AfterSeq
        FROM Webhooks w
        WHERE w.TenantId = @TenantId
          AND w.DeletedAt IS NULL
          AND (w.DisabledReason IS NULL OR w.DisabledReason <> 2)
        """);
}
