using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Segments;

/// <summary>GET /segments/{segment_id}/members</summary>
public static class ListMembers
{
    /// <summary>A member, with what a list of customers shows.</summary>
    public sealed record Row
    {
        public required Id<Customer> CustomerId { get; init; }
        public required string? Name { get; init; }
        public required string? Email { get; init; }
        public required string? Phone { get; init; }
        public required string? Country { get; init; }
        public required string? City { get; init; }
        public required DateTimeOffset? LastSeenAt { get; init; }
        public required DateTimeOffset JoinedAt { get; init; }
    }

    internal static async Task<Page<Row>> Handle([FromRoute(Name = "segment_id")] Id<Segment> segmentId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await Segment.FindAsync(segmentId, db, ct);
        return await List.ReadAsync(query, db, new { SegmentId = segmentId }, ct);
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT m.CustomerId, c.Name, c.Email, c.Phone, c.Country, c.City, c.LastSeenAt, m.JoinedAt
        FROM SegmentMembers m
        JOIN Customers c ON c.TenantId = m.TenantId AND c.Id = m.CustomerId
        WHERE m.TenantId = @TenantId
          AND m.SegmentId = @SegmentId
        """);

    internal static readonly ListOf<Row> List = ListOf<Row>.From(Matching, "m.CustomerId", row => row.CustomerId.ToBytes())
        .SortedBy("joined_at", "m.JoinedAt", row => row.JoinedAt, isDescending: true)
        .FilteredBy("joined_at", "m.JoinedAt", FilterType.Time, Operators.Range);
}
