using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>What an endpoint's server reads and writes, as the endpoint's tenant. Whoever lost the lease changes nothing.</summary>
internal sealed class WebhookQueue(TenantDb db, IWebhookWatch watch, WebhookSettings settings, TimeProvider clock)
{
    /// <returns>Null when there is nothing to do here any more: the lease is another's, or the webhook was deleted.</returns>
    public async Task<(CalledEndpoint Endpoint, IReadOnlyList<DueDelivery> Due)?> LookAsync(WebhookLease lease, int most, CancellationToken ct)
    {
        // The endpoint with its bell first: what is added later rings again.
        if (await db.FindAsync<CalledEndpoint>(Endpoint, new { lease.WebhookId }, ct) is not { } endpoint || endpoint.Fence != lease.Fence) return null;
        return endpoint.Status == WebhookStatus.Disabled ? (endpoint, []) : (endpoint, await db.QueryTopAsync<DueDelivery>(Due, most, new { lease.WebhookId, Now = clock.GetUtcNow() }, ct));
    }

    /// <summary>Gives the endpoint back until its next delivery is due.</summary>
    /// <returns>False: something was added meanwhile, look again.</returns>
    public async Task<bool> ReleaseAsync(WebhookLease lease, int bell, CancellationToken ct) =>
        await db.ExecuteAsync(Release, new { lease.WebhookId, lease.Fence, Bell = bell }, ct) == 1
        || await db.FindAsync<int?>(FenceNow, new { lease.WebhookId }, ct) != lease.Fence;

    /// <summary>Gives the endpoint back and lets nobody call it before this time.</summary>
    public Task PauseAsync(WebhookLease lease, DateTimeOffset until, CancellationToken ct) =>
        db.ExecuteAsync(Pause, new { lease.WebhookId, lease.Fence, Until = until }, ct);

    /// <summary>Writes down that these are about to be sent: should the program end meanwhile, it is known that they may have been.</summary>
    /// <returns>Those that are still to be sent, each as its next attempt; null when the lease is another's.</returns>
    public async Task<IReadOnlyList<DueDelivery>?> BeginAsync(WebhookLease lease, IReadOnlyList<DueDelivery> due, CancellationToken ct)
    {
        List<DueDelivery>? begun = null;
        await db.InTransactionAsync(async () =>
        {
            begun = null;
            var now = clock.GetUtcNow();
            if (await db.ExecuteAsync(Renew, new { lease.WebhookId, lease.Fence, Until = now + settings.Lease }, ct) == 0) return;
            begun = [];
            foreach (var delivery in due)
                if (await db.ExecuteAsync(Count, new { delivery.Id, delivery.Attempts }, ct) == 1) begun.Add(delivery with { Attempts = delivery.Attempts + 1 });
            await db.InsertManyAsync(InsertAttempt, [.. begun.Select(delivery => new OpenAttempt { DeliveryId = delivery.Id, Number = delivery.Attempts, StartedAt = now, TraceId = delivery.TraceId })], ct);
        }, ct);
        return begun;
    }

    /// <summary>Writes down what came of the attempts, all in one transaction.</summary>
    /// <returns>Whether to go on calling the endpoint; if not, it has been given back.</returns>
    public async Task<bool> FinishAsync(WebhookLease lease, CalledEndpoint endpoint, IReadOnlyList<WebhookAttempt> attempts, CancellationToken ct)
    {
        var goesOn = false;
        await db.InTransactionAsync(async () =>
        {
            goesOn = false;
            foreach (var attempt in attempts) await CloseAsync(attempt, ct); // what came of it is known, whoever serves the endpoint by now
            var now = clock.GetUtcNow();
            var isAnswering = attempts.Any(a => a.IsDelivered);
            var failures = isAnswering ? 0 : endpoint.Failures + attempts.Count;
            DateTimeOffset? failingSince = isAnswering ? null : endpoint.FailingSince ?? attempts.Min(a => a.StartedAt);
            if (await db.ExecuteAsync(Keep, new { lease.WebhookId, lease.Fence, Failures = failures, FailingSince = failingSince, Until = now + settings.Lease }, ct) == 0) return;

            foreach (var attempt in attempts) await WriteAsync(lease, attempt, now, ct);
            DisabledReason? reason = attempts.Any(a => a.IsGone) ? DisabledReason.Gone : now - failingSince >= WebhookVerdict.Patience ? DisabledReason.Failing : null;
            if (reason is { } why) await watch.DisabledAsync(Id<Webhook>.FromBytes(lease.WebhookId), why, ct);
            var pause = WebhookVerdict.PauseAfter(failures, attempts);
            if (pause is { } rest) await PauseAsync(lease, now + rest, ct);
            goesOn = reason is null && pause is null;
        }, ct);
        return goesOn;
    }

    private Task<int> CloseAsync(WebhookAttempt attempt, CancellationToken ct) => db.ExecuteAsync(CloseAttempt, new
    {
        DeliveryId = attempt.Delivery.Id, Number = attempt.Delivery.Attempts, attempt.StartedAt, DurationMs = (int)attempt.Took.TotalMilliseconds, attempt.Status, attempt.Error, attempt.Answer, attempt.TraceId,
    }, ct);

    private async Task WriteAsync(WebhookLease lease, WebhookAttempt attempt, DateTimeOffset now, CancellationToken ct)
    {
        var tries = attempt.Delivery.Tries + 1;
        var retryAt = attempt.IsDelivered ? null : now + WebhookVerdict.RetryAfter(attempt, tries, settings.Delays, settings.Chance());
        var status = attempt.IsDelivered ? DeliveryStatus.Delivered : retryAt is null ? DeliveryStatus.Exhausted : DeliveryStatus.Pending;
        var changed = await db.ExecuteAsync(attempt.IsDelivered ? Succeeded : Failed, new
        {
            attempt.Delivery.Id, Status = (int)status, DueAt = retryAt, attempt.Delivery.Attempts, Tries = tries, LastStatus = attempt.Status, LastError = attempt.Error, Now = now,
        }, ct);
        if (changed == 0 || status != DeliveryStatus.Exhausted) return; // none: deleted, held or asked for again meanwhile, so this attempt has no say in it
        await watch.ExhaustedAsync(new ExhaustedDelivery
        {
            WebhookId = Id<Webhook>.FromBytes(lease.WebhookId), DeliveryId = Id<Delivery>.FromBytes(attempt.Delivery.Id), EventId = Id<Event>.FromBytes(attempt.Delivery.EventId),
            EventType = attempt.Delivery.EventType, Attempts = attempt.Delivery.Attempts, LastStatus = attempt.Status, LastError = attempt.Error,
        }, ct);
    }

    private sealed record OpenAttempt
    {
        public required byte[] DeliveryId { get; init; }
        public required int Number { get; init; }
        public required DateTimeOffset StartedAt { get; init; }
        public required string? TraceId { get; init; }
    }

    private static readonly TenantSql Endpoint = TenantSql.Of("""
        SELECT q.Fence, q.Bell, q.Failures, q.FailingSince, w.UrlSealed, w.SecretSealed, w.FormerSecretSealed, w.FormerSecretEndsAt, w.Payload, w.Status
        FROM WebhookQueues q
        JOIN Webhooks w ON w.TenantId = q.TenantId AND w.Id = q.WebhookId
        WHERE q.TenantId = @TenantId AND q.WebhookId = @WebhookId
        """);

    private static readonly TenantSql FenceNow = TenantSql.Of("""
        SELECT q.Fence
        FROM WebhookQueues q
        WHERE q.TenantId = @TenantId AND q.WebhookId = @WebhookId
        """);

    private static readonly TenantSql Due = TenantSql.Of("""
        SELECT d.Id, d.EventId, d.EventType, d.EventSeq, d.Attempts, d.Tries, d.TestData, d.CreatedAt, e.Data, e.OccurredAt, e.TraceId
        FROM WebhookDeliveries d
        LEFT JOIN Events e ON e.TenantId = d.TenantId AND e.Seq = d.EventSeq
        WHERE d.TenantId = @TenantId AND d.WebhookId = @WebhookId
          AND d.DueAt <= @Now
        ORDER BY d.DueAt, d.EventSeq
        """);

    private static readonly TenantSql Release = TenantSql.Of("""
        UPDATE WebhookQueues
        SET Owner = NULL,
            DueAt = (SELECT MIN(d.DueAt) FROM WebhookDeliveries d WHERE d.TenantId = @TenantId AND d.WebhookId = @WebhookId AND d.DueAt IS NOT NULL)
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId AND Fence = @Fence AND Bell = @Bell
        """);

    private static readonly TenantSql Pause = TenantSql.Of("""
        UPDATE WebhookQueues
        SET Owner = NULL, DueAt = @Until, NotBefore = @Until
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId AND Fence = @Fence
        """);

    private static readonly TenantSql Keep = TenantSql.Of("""
        UPDATE WebhookQueues
        SET DueAt = @Until, Failures = @Failures, FailingSince = @FailingSince
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId AND Fence = @Fence
        """);

    private static readonly TenantSql Renew = TenantSql.Of("""
        UPDATE WebhookQueues
        SET DueAt = @Until
        WHERE TenantId = @TenantId AND WebhookId = @WebhookId AND Fence = @Fence
        """);

    private static readonly TenantSql Count = TenantSql.Of("""
        UPDATE WebhookDeliveries
        SET Attempts = Attempts + 1
        WHERE TenantId = @TenantId AND Id = @Id AND Attempts = @Attempts AND Status = 1
        """);

    private static readonly TenantSql Succeeded = TenantSql.Of("""
        UPDATE WebhookDeliveries
        SET Status = @Status, DueAt = NULL, Tries = @Tries, LastStatus = @LastStatus, LastError = @LastError, DeliveredAt = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId AND Id = @Id AND Attempts = @Attempts
        """);

    private static readonly TenantSql Failed = TenantSql.Of("""
        UPDATE WebhookDeliveries
        SET Status = @Status, DueAt = @DueAt, Tries = @Tries, LastStatus = @LastStatus, LastError = @LastError, Revision = Revision + 1
        WHERE TenantId = @TenantId AND Id = @Id AND Attempts = @Attempts AND Tries = @Tries - 1 AND Status = 1
        """);

    private static readonly TenantSql InsertAttempt = TenantSql.Of("""
        INSERT INTO WebhookAttempts (TenantId, DeliveryId, Number, StartedAt, DurationMs, TraceId, IsOpen)
        VALUES (@TenantId, @DeliveryId, @Number, @StartedAt, 0, @TraceId, 1)
        """);

    private static readonly TenantSql CloseAttempt = TenantSql.Of("""
        UPDATE WebhookAttempts
        SET StartedAt = @StartedAt, DurationMs = @DurationMs, Status = @Status, Error = @Error, Answer = @Answer, TraceId = @TraceId, IsOpen = 0
        WHERE TenantId = @TenantId AND DeliveryId = @DeliveryId AND Number = @Number
        """);
}
