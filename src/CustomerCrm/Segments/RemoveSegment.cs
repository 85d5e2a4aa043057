using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments.Membership;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Segments;

/// <summary>DELETE /segments/{segment_id}. It is gone from the answer on; a job takes its members away.</summary>
internal static class RemoveSegment
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "segment_id")] Id<Segment> segmentId, IfMatch ifMatch, IEnumerable<NamesSegments> others, TenantDb db, JobQueue jobs, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await Segment.FindAsync(segmentId, db, ct);
        ifMatch.Check(current.Revision);
        await CheckUnusedAsync(segmentId, others, db, ct);
        await db.ExecuteAsync(Hide, new { SegmentId = segmentId, Now = clock.GetUtcNow() }, ct);
        await jobs.EnqueueAsync(new DropSegment(segmentId), ct);
        events.Record("segment.deleted", current);
        return TypedResults.NoContent();
    }

    private static async Task CheckUnusedAsync(Id<Segment> segmentId, IEnumerable<NamesSegments> others, TenantDb db, CancellationToken ct)
    {
        var askers = await SegmentReferences.AskersAsync(segmentId, db, ct);
        var ids = new Dictionary<string, object?> { ["segment_ids"] = askers.Select(asker => asker.Id).ToArray() };
        var names = askers.Select(asker => asker.Name).ToList();
        foreach (var other in others)
        {
            var found = await other.FindAsync(segmentId, db, ct);
            ids[other.Member] = found.Select(one => one.Id).ToArray();
            names.AddRange(found.Select(one => one.Name));
        }
        if (names.Count > 0) throw ApiProblem.Conflict("segment_in_use", $"These name it: {string.Join(", ", names)}.", ids);
    }

    private static readonly TenantSql Hide = TenantSql.Of("""
        UPDATE Segments
        SET DeletedAt = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @SegmentId
        """);
}
