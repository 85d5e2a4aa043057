using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Platform.Webhooks;
using CustomerCrm.Webhooks.Delivering;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Webhooks.Replays;

/// <summary>POST /webhooks/{webhook_id}/replays: a stretch of the feed once more, put together by a job.</summary>
public static class StartReplay
{
    private const int MostEvents = 100;

    public sealed record Request : IValidatableObject
    {
        /// <summary>Events that happened from then on; at most 30 days back.</summary>
        /// <example>2030-01-14T09:00:00Z</example>
        public DateTimeOffset? From { get; init; }

        /// <summary>Events that happened before then; now, if nothing is said.</summary>
        /// <example>2030-01-15T09:00:00Z</example>
        public DateTimeOffset? To { get; init; }

        /// <summary>Only these events.</summary>
        [MaxLength(MostEvents)] public IReadOnlyList<Id<Event>>? EventIds { get; init; }

        /// <summary>Only these types, as the webhook's <c>events</c> are written. What the webhook does not hear is not sent in any case.</summary>
        /// <example>["order.*"]</example>
        [MaxLength(50)] public IReadOnlyList<string>? Types { get; init; }

        /// <summary>Only events whose delivery stands so: <c>["held", "exhausted"]</c> is all that was missed.</summary>
        /// <example>["held", "exhausted"]</example>
        [MaxLength(4)] public IReadOnlyList<DeliveryStatus>? Statuses { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (From is null && EventIds is not { Count: > 0 } && Statuses is not { Count: > 0 }) yield return new BrokenRule("required", "Say what to replay: from when, which event_ids, or which statuses.", nameof(From));
            if (From >= To) yield return new BrokenRule("out_of_order", "It is not before to.", nameof(From));
        }
    }

    internal static async Task<Accepted<Replay>> Handle(
        [FromRoute(Name = "webhook_id")] Id<Webhook> webhookId, Request request, TenantDb db, JobQueue jobs, TimeProvider clock, CancellationToken ct)
    {
        var types = request.Types is { Count: > 0 } some ? WebhookRules.FiltersOf(some, "/types") : "";
        await WebhookEntry.FindEnabledAsync(webhookId, db, ct);
        var id = Id<Replay>.New();
        await db.ExecuteAsync(Insert, new
        {
            Id = id, WebhookId = webhookId, FromAt = request.From, ToAt = request.To, Types = types,
            EventIds = string.Join(' ', (request.EventIds ?? []).Distinct()), Statuses = string.Join(' ', (request.Statuses ?? []).Distinct()),
            Now = clock.GetUtcNow(), Consumer = WebhookConsumer.ConsumerName,
        }, ct);
        await jobs.EnqueueAsync(new RunReplay(id), ct);
        return TypedResults.Accepted($"/v1/webhooks/{webhookId}/replays/{id}", await Replay.FindAsync(webhookId, id, db, ct));
    }

    // Up to where deliveries have been made: what comes behind is delivered anyway.
    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO WebhookReplays (TenantId, Id, WebhookId, FromAt, ToAt, Types, EventIds, Statuses, Status, FirstSeq, NextSeq, LastSeq, Found, Revision, CreatedAt)
        SELECT h.TenantId, @Id, @WebhookId, @FromAt, @ToAt, CAST(@Types AS NVARCHAR(4000)), CAST(@EventIds AS NVARCHAR(4000)), CAST(@Statuses AS NVARCHAR(100)), 1,
               COALESCE((SELECT MIN(e.Seq) FROM Events e WHERE e.TenantId = @TenantId), 1) - 1,
               COALESCE((SELECT MIN(e.Seq) FROM Events e WHERE e.TenantId = @TenantId), 1) - 1,
               COALESCE((SELECT c.LastSeq FROM EventConsumers c WHERE c.TenantId = @TenantId AND c.Name = @Consumer), 0), 0, 1, @Now
        FROM EventHeads h
        WHERE h.TenantId = @TenantId
        """);
}
