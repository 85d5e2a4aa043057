using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Segments.Membership;

/// <summary>Ask every dynamic segment's rule about every customer again: the last 90 days are others today, and scores were made anew.</summary>
public sealed record CheckSegments;

internal sealed class CheckSegmentsJob(TenantDb db, SegmentSweep sweep, JobQueue jobs) : IJob<CheckSegments>
{
    public async Task RunAsync(CheckSegments work, CancellationToken ct)
    {
        foreach (var segment in (await db.QueryAsync<Segment>(Segment.All, null, ct)).Where(segment => segment.Kind == SegmentKind.Dynamic))
        {
            if (segment.Status == SegmentStatus.Ready) await sweep.CheckAsync(segment, ct);
            else await jobs.EnqueueOnceAsync(new BuildSegment(segment.Id, segment.RuleRevision), segment.Id.ToString(), ct);
        }
        await jobs.EnqueueOnceAsync(new CountSegments(), "all", ct);
    }
}
