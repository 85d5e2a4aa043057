using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Segments;

/// <summary>GET /customers/{customer_id}/segments</summary>
public static class ListCustomerSegments
{
    public sealed record Row
    {
        public required Id<Segment> SegmentId { get; init; }
        public required string Name { get; init; }
        public required SegmentKind Kind { get; init; }
        public required DateTimeOffset JoinedAt { get; init; }
    }

    internal static async Task<Page<Row>> Handle([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, new { CustomerId = customerId }, ct);
        if (page.Data.Count == 0) await ShowCustomer.FindAsync(customerId, db, ct); // in none, or nobody?
        return page;
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT m.SegmentId, g.Name, g.Kind, m.JoinedAt
        FROM SegmentMembers m
        JOIN Segments g ON g.TenantId = m.TenantId AND g.Id = m.SegmentId
        WHERE m.TenantId = @TenantId
          AND m.CustomerId = @CustomerId
          AND g.DeletedAt IS NULL
        """);

    internal static readonly ListOf<Row> List = ListOf<Row>.From(Matching, "m.SegmentId", row => row.SegmentId.ToBytes())
        .SortedBy("joined_at", "m.JoinedAt", row => row.JoinedAt, isDescending: true)
        .SortedBy("name", "g.Name", row => row.Name);
}
