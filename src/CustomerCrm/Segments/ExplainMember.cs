using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments.Rules;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Segments;

/// <summary>GET /segments/{segment_id}/members/{customer_id}/explanation, of members and of everyone else.</summary>
public static class ExplainMember
{
    private static readonly SegmentRule none = new() { All = [] };

    public sealed record Explanation
    {
        public required Id<Segment> SegmentId { get; init; }
        public required Id<Customer> CustomerId { get; init; }

        /// <summary>Whether the customer is in the segment, as it is stored.</summary>
        public required bool IsMember { get; init; }

        /// <summary>Since when; null for who is not in it.</summary>
        public required DateTimeOffset? JoinedAt { get; init; }

        /// <summary>Whether the rule holds at this moment; null for a static segment.</summary>
        public required bool? Matches { get; init; }

        public required DateTimeOffset AsOf { get; init; }

        /// <summary>Null for a static segment: its members were put in by hand.</summary>
        public required ExplainedRule? Rule { get; init; }
    }

    internal static async Task<Explanation> Handle(
        [FromRoute(Name = "segment_id")] Id<Segment> segmentId, [FromRoute(Name = "customer_id")] Id<Customer> customerId,
        TenantDb db, SeenCustomers customers, CancellationToken ct)
    {
        var segment = await Segment.FindAsync(segmentId, db, ct);
        var rule = segment.Rule; // read once: what is looked up is found again by the very test it was looked up for
        var seen = await customers.LookAsync(customerId, rule ?? none, ct) ?? throw ApiProblem.NotFound("customer");
        var explained = rule?.Evaluate(seen);
        var joinedAt = await db.QueryAsync<DateTimeOffset>(Joined, new { SegmentId = segmentId, CustomerId = customerId }, ct);
        return new Explanation
        {
            SegmentId = segmentId,
            CustomerId = customerId,
            IsMember = joinedAt.Count > 0,
            JoinedAt = joinedAt.Count > 0 ? joinedAt[0] : null,
            Matches = explained?.Result,
            AsOf = seen.At.Now,
            Rule = explained,
        };
    }

    private static readonly TenantSql Joined = TenantSql.Of("""
        SELECT m.JoinedAt
        FROM SegmentMembers m
        WHERE m.TenantId = @TenantId
          AND m.SegmentId = @SegmentId
          AND m.CustomerId = @CustomerId
        """);
}
