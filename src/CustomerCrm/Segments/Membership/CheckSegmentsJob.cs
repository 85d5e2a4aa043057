using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tenant;

namespace CustomerCrm.Segments.Membership;

/// <summary>Ask every dynamic segment's rule about every customer again: the last 90 days are others today.</summary>
public sealed record CheckSegments
{
    /// <summary>Only those that ask for scores, after the models were fitted.</summary>
    public bool AfterFit { get; init; }

    /// <summary>Only those that ask about this one, directly or by way of others, after it was built.</summary>
    public Id<Segment>? After { get; init; }
}

internal sealed class CheckSegmentsJob(TenantDb db, SegmentSweep sweep, SegmentClock clock, JobQueue jobs, CurrentSettings settings) : IJob<CheckSegments>
{
    public async Task RunAsync(CheckSegments work, CancellationToken ct)
    {
        await settings.RereadAsync(ct);
        var moved = new HashSet<Id<Segment>>();
        if (work.After is { } built) moved.Add(built);
        foreach (var segment in SegmentOrder.Of([.. (await db.QueryAsync<Segment>(Segment.All, null, ct)).Where(segment => segment.Kind == SegmentKind.Dynamic)]))
        {
            if (work.AfterFit && !segment.Rule!.FollowsFits && !segment.Rule.OtherSegments.Any(moved.Contains)) continue;
            if (work.After is not null && !segment.Rule!.OtherSegments.Any(moved.Contains)) continue;
            moved.Add(segment.Id);
            if (segment.Status == SegmentStatus.Ready) await sweep.CheckAsync(segment, ct);
            else await jobs.EnqueueOnceAsync(new BuildSegment(segment.Id, segment.RuleRevision), segment.Id.ToString(), ct);
        }
        if (work is { AfterFit: false, After: null }) await clock.StartAsync(ct);
        await jobs.EnqueueOnceAsync(new CountSegments(), "all", ct);
    }
}
