using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments.Membership;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Segments;

/// <summary>DELETE /segments/{segment_id}/members/{customer_id}: a customer out of a static segment.</summary>
internal static class RemoveMember
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "segment_id")] Id<Segment> segmentId, [FromRoute(Name = "customer_id")] Id<Customer> customerId,
        TenantDb db, SegmentMembership membership, TimeProvider clock, CancellationToken ct)
    {
        var segment = await Segment.FindAsync(segmentId, db, ct);
        if (segment.Kind == SegmentKind.Dynamic) throw AddMembers.IsDynamic();
        if (await membership.MoveAsync(segment, [], [customerId], clock.GetUtcNow(), _ => MoveReason.None, ct) is not (_, 1)) throw ApiProblem.NotFound("member");
        return TypedResults.NoContent();
    }
}
