using System.Text;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Track;

/// <summary>GET /track: all that was tracked, of customers and of visitors.</summary>
internal static class ListTrackedEvents
{
    internal static Task<Page<TrackedEvent>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    private static readonly TenantSql Matching = TenantSql.Of($"""
        SELECT {TrackedEvent.Columns}
        FROM TrackedEvents e
        WHERE e.TenantId = @TenantId
        """);

    internal static readonly ListOf<TrackedEvent> List = ListOf<TrackedEvent>.From(Matching, "e.Id", tracked => tracked.Id.ToBytes())
        .SortedBy("occurred_at", "e.OccurredAt", tracked => tracked.OccurredAt, isDescending: true)
        .FilteredBy("anonymous_id", "eq", FilterType.Text(200, "visitor-1"), "Only what this visitor did.", id => Condition.Of("e.AnonymousKey = {0}", Encoding.UTF8.GetBytes((string)id)))
        .FilteredBy("occurred_at", "e.OccurredAt", FilterType.Time, Operators.Range);
}

/// <summary>GET /customers/{customer_id}/tracked_events</summary>
internal static class ListCustomerTrackedEvents
{
    internal static async Task<Page<TrackedEvent>> Handle([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, new { CustomerId = customerId }, ct);
        if (page.Data.Count == 0) await ShowCustomer.FindAsync(customerId, db, ct); // nothing like that, or nobody?
        return page;
    }

    private static readonly TenantSql Matching = TenantSql.Of($"""
        SELECT {TrackedEvent.Columns}
        FROM TrackedEvents e
        WHERE e.TenantId = @TenantId
          AND e.CustomerId = @CustomerId
        """);

    internal static readonly ListOf<TrackedEvent> List = ListOf<TrackedEvent>.From(Matching, "e.Id", tracked => tracked.Id.ToBytes())
        .SortedBy("occurred_at", "e.OccurredAt", tracked => tracked.OccurredAt, isDescending: true)
        .FilteredBy("name", "eq", FilterType.Text(100, "product_viewed"), "Only those of this name.", name => Condition.Of("e.NameKey = {0}", Encoding.UTF8.GetBytes((string)name)))
        .FilteredBy("occurred_at", "e.OccurredAt", FilterType.Time, Operators.Range);
}
