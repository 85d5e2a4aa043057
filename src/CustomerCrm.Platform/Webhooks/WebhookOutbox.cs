using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>Where deliveries are put, in the transaction of what they tell of; the sender hears of it when that is committed.</summary>
public sealed class WebhookOutbox(TenantDb db, WebhookSignal signal, TimeProvider clock)
{
    public async Task AddAsync(IReadOnlyCollection<NewDelivery> deliveries, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.InsertManyAsync(Insert, [.. deliveries.Select(d => new Row
        {
            Id = d.Id, WebhookId = d.WebhookId, EventId = d.EventId, EventSeq = d.EventSeq, EventType = d.EventType, TestData = d.TestData,
            Status = (int)(d.IsHeld ? DeliveryStatus.Held : DeliveryStatus.Pending), DueAt = d.IsHeld ? null : now, CreatedAt = now,
        })], ct);
        foreach (var webhookId in deliveries.Where(d => !d.IsHeld).Select(d => d.WebhookId).Distinct()) await RingAsync(webhookId, ct);
    }

    /// <summary>For a new webhook: what the sender knows of it.</summary>
    public Task OpenAsync(Id<Webhook> webhookId, CancellationToken ct) => db.ExecuteAsync(Open, new { WebhookId = webhookId }, ct);

    /// <summary>For a webhook that is deleted: nobody serves it any more.</summary>
    public Task CloseAsync(Id<Webhook> webhookId, CancellationToken ct) => db.ExecuteAsync(Close, new { WebhookId = webhookId }, ct);

    /// <summary>Sends it from the beginning of the schedule, at once, whatever became of it before.</summary>
    /// <returns>False: there is no such delivery.</returns>
    public async Task<bool> AgainAsync(Id<Webhook> webhookId, Id<Delivery> deliveryId, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Again, new { WebhookId = webhookId, Id = deliveryId, Now = clock.GetUtcNow() }, ct) == 0) return false;
        await db.ExecuteAsync(Unpause, new { WebhookId = webhookId }, ct);
        await RingAsync(webhookId, ct);
        return true;
    }

    /// <summary>The same with the delivery of this event; nobody is woken yet.</summary>
    /// <returns>False: there is none.</returns>
    public async Task<bool> AgainAsync(Id<Webhook> webhookId, long eventSeq, CancellationToken ct) =>
        await db.ExecuteAsync(AgainBySeq, new { WebhookId = webhookId, EventSeq = eventSeq, Now = clock.GetUtcNow() }, ct) == 1;

    /// <summary>What waits is held: the webhook is disabled.</summary>
    public Task HoldAsync(Id<Webhook> webhookId, CancellationToken ct) => db.ExecuteAsync(Hold, new { WebhookId = webhookId }, ct);

    /// <summary>The endpoint starts afresh: the failures of before count no more.</summary>
    public async Task ForgiveAsync(Id<Webhook> webhookId, CancellationToken ct)
    {
        await db.ExecuteAsync(Forgive, new { WebhookId = webhookId }, ct);
        await RingAsync(webhookId, ct);
    }

    /// <summary>There is something to send.</summary>
    public async Task RingAsync(Id<Webhook> webhookId, CancellationToken ct)
    {
        await db.ExecuteAsync(RingQueue, new { WebhookId = webhookId, Now = clock.GetUtcNow() }, ct);
        db.AfterCommit(signal.Ring);
    }

    private sealed record Row
    {
        public required Id<Delivery> Id { get; init; }
        public required Id<Webhook> WebhookId { get; init; }
        public required Id<Event> EventId { get; init; }
        public required long? EventSeq { get; init; }
        public required string EventType { get; init; }
        public required string? TestData { get; init; }
        public required int Status { get; init; }
        public required DateTimeOffset? DueAt { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public int Attempts { get; init; }
        public int Tries { get; init; }
        public int Revision { get; init; } = 1;
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO WebhookDeliveries (TenantId, Id, WebhookId, EventId, EventSeq, EventType, TestData, Status, DueAt, Attempts, Tries, Revision, CreatedAt)
        VALUES (@TenantId, @Id, @WebhookId, @EventId, @EventSeq, @EventType, @TestData, @Status, @DueAt, @Attempts, @Tries, @Revision, @CreatedAt)
        """);

    private static readonly TenantSql Open = TenantSql.Of("""
        INSERT INTO WebhookQueues (TenantId, WebhookId, Fence, Bell, Failures)
        VALUES (@TenantId, @WebhookId, 0, 0, 0)
        """);

    private static readonly TenantSql Close = TenantSql.Of("""
        DELETE FROM WebhookQueues
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId
        """);

    private static readonly TenantSql Again = TenantSql.Of("""
        UPDATE WebhookDeliveries
        SET Status = 1, DueAt = @Now, Tries = 0, DeliveredAt = NULL, Revision = Revision + 1
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId AND Id = @Id
        """);

    private static readonly TenantSql AgainBySeq = TenantSql.Of("""
        UPDATE WebhookDeliveries
        SET Status = 1, DueAt = @Now, Tries = 0, DeliveredAt = NULL, Revision = Revision + 1
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId AND EventSeq = @EventSeq
        """);

    private static readonly TenantSql Hold = TenantSql.Of("""
        UPDATE WebhookDeliveries
        SET Status = 4, DueAt = NULL, Revision = Revision + 1
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId AND Status = 1
        """);

    private static readonly TenantSql Forgive = TenantSql.Of("""
        UPDATE WebhookQueues
        SET Failures = 0, FailingSince = NULL, NotBefore = NULL
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId
        """);

    private static readonly TenantSql Unpause = TenantSql.Of("""
        UPDATE WebhookQueues
        SET NotBefore = NULL
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId
        """);

    // While somebody calls the endpoint, DueAt is the end of their lease; the bell tells them that there is more.
    private static readonly TenantSql RingQueue = TenantSql.Of("""
        UPDATE WebhookQueues
        SET Bell = Bell + 1,
            DueAt = CASE WHEN Owner IS NOT NULL THEN DueAt WHEN NotBefore > @Now THEN NotBefore ELSE @Now END
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId
        """);
}

/// <summary>One event for one webhook.</summary>
public sealed record NewDelivery
{
    public required Id<Delivery> Id { get; init; }
    public required Id<Webhook> WebhookId { get; init; }
    public required Id<Event> EventId { get; init; }

    /// <summary>Null for a test.</summary>
    public required long? EventSeq { get; init; }

    public required string EventType { get; init; }

    /// <summary>The data of a test. That of an event is read from the feed.</summary>
    public string? TestData { get; init; }

    /// <summary>The webhook is disabled.</summary>
    public bool IsHeld { get; init; }
}
