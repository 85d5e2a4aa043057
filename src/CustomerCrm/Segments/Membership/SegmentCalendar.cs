using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tenant;

namespace CustomerCrm.Segments.Membership;

/// <summary>Today and this week are others when the tenant's calendar is another: everybody is asked again, since no clock that goes on would tell.</summary>
internal sealed class SegmentCalendar(JobQueue jobs) : IFollowsCalendar
{
    public Task MovedAsync(CancellationToken ct) => jobs.EnqueueOnceAsync(new CheckSegments(), "calendar", ct);
}
