using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Webhooks;
using CustomerCrm.Webhooks.Delivering;

namespace CustomerCrm.Webhooks.Replays;

/// <summary>Go on with a replay.</summary>
public sealed record RunReplay(Id<Replay> ReplayId);

/// <summary>Goes through the feed in pieces, each in a transaction with the note of how far it came; after some pieces others have their turn.</summary>
internal sealed class RunReplayJob(TenantDb db, WebhookOutbox outbox, JobQueue jobs, TimeProvider clock) : IJob<RunReplay>
{
    private const int AtOnce = 200, PiecesInARow = 20;

    public async Task RunAsync(RunReplay work, CancellationToken ct)
    {
        for (var piece = 0; piece < PiecesInARow; piece++)
        {
            var goesOn = false;
            await db.InTransactionAsync(async () => goesOn = await GoOnAsync(work.ReplayId, ct), ct);
            if (!goesOn) return;
        }
        await jobs.EnqueueAsync(work, ct);
    }

    private async Task<bool> GoOnAsync(Id<Replay> replayId, CancellationToken ct)
    {
        if (await Replay.LookAsync(replayId, db, ct) is not { Status: ReplayStatus.Running } replay) return false;
        var webhook = await WebhookEntry.FindAsync(replay.WebhookId, db, ct);
        if (webhook.Status == WebhookStatus.Disabled) return await EndAsync(replay, ReplayStatus.Stopped, replay.NextSeq, 0, ct);

        var found = await db.QueryTopAsync<Happened>(Narrowed(replay), AtOnce, new { replay.NextSeq, replay.LastSeq, replay.WebhookId, From = replay.From ?? DateTimeOffset.MinValue, To = replay.To ?? DateTimeOffset.MaxValue }, ct);
        var wanted = found.Where(e => WebhookHearing.Hears(webhook.Id, webhook.Events, e.Type, e.Data) && (replay.Types.Count == 0 || EventFilters.Hear(replay.Types, e.Type))).ToArray();
        foreach (var known in wanted.Where(e => e.DeliveryId is not null)) await outbox.AgainAsync(webhook.Id, known.Seq, ct);
        await outbox.AddAsync([.. wanted.Where(e => e.DeliveryId is null).Select(e => new NewDelivery { Id = Id<Delivery>.New(), WebhookId = webhook.Id, EventId = e.Id, EventSeq = e.Seq, EventType = e.Type })], ct);
        if (wanted.Length > 0) await outbox.RingAsync(webhook.Id, ct);
        var isDone = found.Count < AtOnce;
        await EndAsync(replay, isDone ? ReplayStatus.Finished : ReplayStatus.Running, isDone ? replay.LastSeq : found[^1].Seq, wanted.Length, ct);
        return !isDone;
    }

    private static TenantSql Narrowed(Replay replay)
    {
        var conditions = new List<Condition>();
        if (replay.EventIds.Count > 0) conditions.Add(Condition.In("e.Id", replay.EventIds.Cast<object?>()));
        if (replay.Statuses.Count > 0) conditions.Add(Condition.In("d.Status", replay.Statuses.Cast<object?>()));
        return Between.And(Condition.All(conditions)).Then("ORDER BY e.Seq");
    }

    private async Task<bool> EndAsync(Replay replay, ReplayStatus status, long nextSeq, int found, CancellationToken ct)
    {
        await db.ExecuteAsync(Move, new { replay.Id, Status = status, NextSeq = nextSeq, Found = found, FinishedAt = status == ReplayStatus.Running ? (DateTimeOffset?)null : clock.GetUtcNow() }, ct);
        return false;
    }

    private sealed record Happened
    {
        public required long Seq { get; init; }
        public required Id<Event> Id { get; init; }
        public required string Type { get; init; }
        public required byte[]? DeliveryId { get; init; }

        /// <summary>Where it says for whom the event is.</summary>
        public required string? Data { get; init; }
    }

    private static readonly TenantSql Between = TenantSql.Of("""
        SELECT e.Seq, e.Id, e.Type, d.Id AS DeliveryId, CASE WHEN e.Type = 'automation.webhook_called' OR e.Type LIKE 'webhook.%' THEN e.Data END AS Data
        FROM Events e
        LEFT JOIN WebhookDeliveries d ON d.TenantId = e.TenantId AND d.WebhookId = @WebhookId AND d.EventSeq = e.Seq
        WHERE e.TenantId = @TenantId AND e.Seq > @NextSeq AND e.Seq <= @LastSeq
          AND e.IsQuiet = 0
          AND e.OccurredAt >= @From AND e.OccurredAt < @To
        """);

    private static readonly TenantSql Move = TenantSql.Of("""
        UPDATE WebhookReplays
        SET Status = @Status, NextSeq = @NextSeq, Found = Found + @Found, FinishedAt = @FinishedAt, Revision = Revision + 1
        WHERE TenantId = @TenantId AND Id = @Id
        """);
}
