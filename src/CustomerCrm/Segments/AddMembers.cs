using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments.Membership;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Segments;

/// <summary>POST /segments/{segment_id}/members: customers into a static segment.</summary>
public static class AddMembers
{
    internal const int MostAtOnce = 200;

    public sealed record Request
    {
        [MinLength(1), MaxLength(MostAtOnce)] public required IReadOnlyList<Id<Customer>> CustomerIds { get; init; }
    }

    public sealed record Answer
    {
        public required int Added { get; init; }
        public required int AlreadyMembers { get; init; }
    }

    internal static async Task<Answer> Handle(
        [FromRoute(Name = "segment_id")] Id<Segment> segmentId, Request request, TenantDb db, SegmentMembership membership, TimeProvider clock, CancellationToken ct)
    {
        var segment = await Segment.FindAsync(segmentId, db, ct);
        if (segment.Kind == SegmentKind.Dynamic) throw IsDynamic();

        var known = (await db.QueryAsync<Id<Customer>>(SegmentMembership.Among.And(Condition.In("c.Id", request.CustomerIds.Select(id => (object)id))), null, ct)).ToHashSet();
        var unknown = Enumerable.Range(0, request.CustomerIds.Count).Where(i => !known.Contains(request.CustomerIds[i]))
            .Select(i => new FieldError($"/customer_ids/{i}", "customer_unknown", "There is no such customer.")).ToArray();
        if (unknown.Length > 0) throw ApiProblem.Invalid(unknown);

        await membership.HoldAsync(segment.Id, ct);
        var (entered, _) = await membership.MoveAsync(segment, [.. known], [], clock.GetUtcNow(), _ => MoveReason.None, ct);
        return new Answer { Added = entered, AlreadyMembers = known.Count - entered };
    }

    internal static ApiProblem IsDynamic() => ApiProblem.Conflict("segment_is_dynamic", "The rule says who belongs to this segment; change the rule, or make a static segment.");
}
