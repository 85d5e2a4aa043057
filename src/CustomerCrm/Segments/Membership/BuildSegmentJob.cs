using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Segments.Membership;

/// <summary>Find the members of a dynamic segment by this revision of its rule.</summary>
public sealed record BuildSegment(Id<Segment> SegmentId, int RuleRevision);

/// <summary>A rule that has been changed since has a build of its own, and this one stops.</summary>
internal sealed class BuildSegmentJob(TenantDb db, SegmentSweep sweep, SegmentMembership membership, JobQueue jobs, EventLog events, TimeProvider clock) : IJob<BuildSegment>
{
    public async Task RunAsync(BuildSegment work, CancellationToken ct)
    {
        var segment = (await db.QueryAsync<Segment>(Unbuilt, work, ct)).SingleOrDefault();
        if (segment is null) return;
        // A segment that others ask about is settled before them; when it is, they are looked at.
        if (await AsksOneThatIsBuildingAsync(segment, ct) || !await sweep.BuildAsync(segment, ct)) return;

        await db.InTransactionAsync(async () =>
        {
            await membership.HoldAsync(work.SegmentId, ct);
            if (await db.ExecuteAsync(Finish, new { work.SegmentId, work.RuleRevision, Now = clock.GetUtcNow() }, ct) == 0) return;
            events.Record("segment.built", await Segment.FindAsync(work.SegmentId, db, ct));
            await jobs.EnqueueOnceAsync(new CheckSegments { After = work.SegmentId }, work.SegmentId.ToString(), ct);
        }, ct);
    }

    private async Task<bool> AsksOneThatIsBuildingAsync(Segment segment, CancellationToken ct) => segment.Rule!.OtherSegments.ToHashSet() is { Count: > 0 } others
        && (await db.QueryAsync<Segment>(Segment.All, null, ct)).Any(other => others.Contains(other.Id) && other.Status == SegmentStatus.Building);

    private static readonly TenantSql Unbuilt = TenantSql.Of("""
        SELECT g.Id, g.Name, g.Description, g.Kind, g.RuleText, g.RuleRevision, g.Status, g.Size, g.SizeAsOf, g.Revision, g.CreatedAt, g.UpdatedAt
        FROM Segments g
        WHERE g.TenantId = @TenantId
          AND g.Id = @SegmentId
          AND g.RuleRevision = @RuleRevision
          AND g.Status = 2
          AND g.DeletedAt IS NULL
        """);

    private static readonly TenantSql Finish = TenantSql.Of("""
        UPDATE Segments
        SET Status = 1, SizeAsOf = @Now, Revision = Revision + 1,
            Size = (SELECT COUNT(*) FROM SegmentMembers m WHERE m.TenantId = @TenantId AND m.SegmentId = @SegmentId)
        WHERE Segments.TenantId = @TenantId
          AND Segments.Id = @SegmentId
          AND RuleRevision = @RuleRevision
          AND Status = 2
          AND DeletedAt IS NULL
        """);
}
