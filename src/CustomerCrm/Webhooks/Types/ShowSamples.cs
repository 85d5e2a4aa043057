using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Webhooks.Types;

/// <summary>GET /webhooks/samples/{event_type}: what would be delivered, without subscribing: for editors that show its fields.</summary>
public static class ShowSamples
{
    private const int MostShown = 3, LookedAt = 5000;

    /// <summary>What a delivery of the event looks like.</summary>
    public sealed record Samples
    {
        /// <summary>The latest such events, newest first; or one that is made up, where there was none lately.</summary>
        public required IReadOnlyList<WebhookMessage> Data { get; init; }

        /// <summary>Never: these are samples.</summary>
        public bool HasMore { get; init; }

        public string? NextCursor { get; init; }

        /// <summary>There was no such event lately: the values are made up, their names are real.</summary>
        public required bool IsMadeUp { get; init; }
    }

    internal static async Task<Samples> Handle([FromRoute(Name = "event_type")] string eventType, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var type = EventTypes.Find(eventType) ?? throw ApiProblem.NotFound("event type");
        var latest = await db.QueryTopAsync<Recorded>(Latest, MostShown, new { Type = eventType, LookedAt }, ct);
        var shown = latest.Select(e => WebhookBody.MessageOf(e.Id.ToString(), eventType, e.OccurredAt, e.Seq, e.Data, PayloadKind.Full)).ToArray();
        if (shown.Length > 0) return new Samples { Data = shown, IsMadeUp = false };

        var data = JsonSerializer.Serialize(type.MadeUp(), StrictJson.Options);
        return new Samples { Data = [WebhookBody.MessageOf(Id<Event>.New().ToString(), eventType, clock.GetUtcNow(), 0, data, PayloadKind.Full)], IsMadeUp = true };
    }

    private sealed record Recorded
    {
        public required long Seq { get; init; }
        public required Id<Event> Id { get; init; }
        public required DateTimeOffset OccurredAt { get; init; }
        public required string Data { get; init; }
    }

    // No index leads from a type to its events, so only the end of the feed is looked at.
    private static readonly TenantSql Latest = TenantSql.Of("""
        SELECT e.Seq, e.Id, e.OccurredAt, e.Data
        FROM Events e
        JOIN EventHeads h ON h.TenantId = e.TenantId
        WHERE e.TenantId = @TenantId
          AND e.Seq > h.LastSeq - @LookedAt
          AND e.Type = @Type
          AND e.IsQuiet = 0
        ORDER BY e.Seq DESC
        """);
}
