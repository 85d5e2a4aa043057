using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Segments.Membership;

/// <summary>Keeps dynamic segments current: whoever something happened to is asked about again.</summary>
internal sealed class MembershipConsumer(SegmentMembership membership, JobQueue jobs) : IEventConsumer
{
    public string Name => "segment_membership";

    // Under a stream of writes, many events in one turn at the writer and not a turn for each; nobody sees so short a wait.
    public TimeSpan Rest => TimeSpan.FromMilliseconds(20);

    // A segment made after the events is built with what they say.
    public async ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) =>
        events.Any(e => e.Type is "insights.fitted" or "customer.removed" or "customer.restored")
        || (events.Any(e => e.CustomerId is not null) && await membership.IsAnyDynamicAsync(ct));

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        if (events.Any(e => e.Type == "insights.fitted")) await jobs.EnqueueOnceAsync(new CheckSegments { AfterFit = true }, "after_fit", ct);

        // What segments themselves cause changes no answer, except of those that ask about them.
        IReadOnlySet<Id<Segment>> askedAbout = events.Any(IsMove) ? await membership.AskedAboutAsync(ct) : new HashSet<Id<Segment>>();
        var touched = events.Where(e => e.CustomerId is not null
            && (!e.Type.StartsWith("segment.", StringComparison.Ordinal) || (IsMove(e) && askedAbout.Contains(SegmentOf(e))))).ToArray();
        if (touched.Length == 0) return;

        await membership.RefreshAsync(touched.GroupBy(e => new Id<Customer>(e.CustomerId!.Value)).ToDictionary(group => group.Key, ReasonOf), ct);
        // The memberships of a removed customer went with the row, and come back with it, before anyone could count them.
        if (touched.Any(e => e.Type is "customer.removed" or "customer.restored")) await jobs.EnqueueOnceAsync(new CountSegments(), "all", ct);
    }

    private static MoveReason ReasonOf(IEnumerable<EventRow> ofOne)
    {
        var happened = ofOne.ToArray();
        var isOfRules = happened.All(e => e.Cause is not null);
        return new MoveReason(happened.All(e => e.IsQuiet), isOfRules ? happened.Select(e => e.Cause!).MaxBy(cause => cause.Depth) : null);
    }

    private static bool IsMove(EventRow e) => e.Type is "segment.entered" or "segment.left";

    private static Id<Segment> SegmentOf(EventRow e) => JsonSerializer.Deserialize<MembershipChange>(e.Data, StrictJson.Options)!.SegmentId;
}
