using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Events;

/// <summary>GET /v1/events/{event_id}</summary>
public static class ShowEvent
{
    internal static async Task<EventEntry> Handle([FromRoute(Name = "event_id")] Id<Event> eventId, TenantDb db, CancellationToken ct) =>
        (await db.FindAsync<StoredEvent>(ById, new { EventId = eventId }, ct))?.ToEntry() ?? throw ApiProblem.NotFound("event");

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT e.Seq, e.Id, e.Type, e.CustomerId, e.IsQuiet, e.OccurredAt, e.TraceId, e.CauseId, e.Data
        FROM Events e
        WHERE e.TenantId = @TenantId AND e.Id = @EventId
        """);
}
