using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Segments.Membership;

/// <summary>Ask every dynamic segment's rule about every customer again: the last 90 days are others today.</summary>
public sealed record CheckSegments
{
    /// <summary>Only those that ask for scores, after the models were fitted.</summary>
    public bool AfterFit { get; init; }
}

internal sealed class CheckSegmentsJob(TenantDb db, SegmentSweep sweep, JobQueue jobs) : IJob<CheckSegments>
{
    public async Task RunAsync(CheckSegments work, CancellationToken ct)
    {
        foreach (var segment in (await db.QueryAsync<Segment>(Segment.All, null, ct)).Where(segment => segment.Kind == SegmentKind.Dynamic))
        {
            if (work.AfterFit && !segment.Rule!.FollowsFits) continue;
            if (segment.Status == SegmentStatus.Ready) await sweep.CheckAsync(segment, ct);
            else await jobs.EnqueueOnceAsync(new BuildSegment(segment.Id, segment.RuleRevision), segment.Id.ToString(), ct);
        }
        await jobs.EnqueueOnceAsync(new CountSegments(), "all", ct);
    }
}
