using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Segments.Membership;

/// <summary>Find the members of a dynamic segment by this revision of its rule.</summary>
public sealed record BuildSegment(Id<Segment> SegmentId, int RuleRevision);

/// <summary>A rule that has been changed since has a build of its own, and this one stops.</summary>
internal sealed class BuildSegmentJob(TenantDb db, SegmentSweep sweep, EventLog events, TimeProvider clock) : IJob<BuildSegment>
{
    public async Task RunAsync(BuildSegment work, CancellationToken ct)
    {
        var segment = (await db.QueryAsync<Segment>(Unbuilt, work, ct)).SingleOrDefault();
        if (segment is null || !await sweep.BuildAsync(segment, ct)) return;

        await db.InTransactionAsync(async () =>
        {
            if (await db.ExecuteAsync(Finish, new { work.SegmentId, work.RuleRevision, Now = clock.GetUtcNow() }, ct) == 1)
                events.Record("segment.built", await Segment.FindAsync(work.SegmentId, db, ct));
        }, ct);
    }

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
