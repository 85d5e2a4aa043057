using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Segments.Membership;

/// <summary>Move those whom time alone has brought into a segment or out of it.</summary>
public sealed record FollowTime;

/// <summary>Begins again where it was interrupted: until everyone is asked, the clock stays where it was.</summary>
internal sealed class FollowTimeJob(TenantDb db, SegmentClock clock, RuleClock rules, TimePassed passed, SegmentMembership membership, SegmentSweep sweep, JobQueue jobs) : IJob<FollowTime>
{
    private const int AtOnce = 100;
    // After a longer pause, asking everyone is cheaper than asking who is to be asked.
    private static readonly TimeSpan longest = TimeSpan.FromHours(12);

    // The clocks of several processes are not quite one.
    private static readonly TimeSpan overlap = TimeSpan.FromMinutes(1);

    public async Task RunAsync(FollowTime work, CancellationToken ct)
    {
        if (await clock.SweptAtAsync(ct) is not { } sweptAt) return;
        var segments = await clock.DynamicAsync(ct);
        var after = await rules.NowAsync(ct);
        var before = after with { Now = sweptAt - overlap };

        if (after.Now - sweptAt > longest) await jobs.EnqueueOnceAsync(new CheckSegments(), "after_pause", ct);
        else
        {
            foreach (var some in (await passed.CrossingAsync(segments, before, after, ct)).Chunk(AtOnce)) await AskAsync(some, ct);
            if (before.Today != after.Today)
                foreach (var segment in segments.Where(segment => segment is { Status: SegmentStatus.Ready, Rule.FollowsDays: true })) await sweep.CheckAsync(segment, ct);
        }
        await clock.MoveAsync(after, segments, await passed.IsAnyoneCrossingAsync(segments, after, SegmentClock.Next(after), ct), ct);
    }

    private Task AskAsync(IEnumerable<Id<Customer>> customers, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return db.InTransactionAsync(() => membership.RefreshAsync(customers.ToDictionary(id => id, _ => MoveReason.None), ct), ct);
    }
}
