using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Products.Sales;

/// <summary>GET /customers/{customer_id}/products: what a customer bought.</summary>
public static class ListBought
{
    /// <summary>A product that the customer bought.</summary>
    public sealed record Row
    {
        public required Id<Product> ProductId { get; init; }
        public required string? Sku { get; init; }

        /// <example>Green tea, 250 g</example>
        public required string Name { get; init; }

        public required long Units { get; init; }

        /// <summary>In minor units of the tenant's currency.</summary>
        public required long RevenueMinor { get; init; }

        public required int OrderCount { get; init; }
        public required DateTimeOffset LastOrderAt { get; init; }
    }

    internal static async Task<Page<Row>> Handle([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, new { CustomerId = customerId }, ct);
        if (page.Data.Count == 0) await ShowCustomer.FindAsync(customerId, db, ct); // nothing, or nobody?
        return page;
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT s.ProductId, p.Sku, p.Name, s.Units, s.RevenueMinor, s.OrderCount, s.LastOrderAt
        FROM ProductSales s
        JOIN Products p ON p.TenantId = s.TenantId AND p.Id = s.ProductId
        WHERE s.TenantId = @TenantId
          AND s.CustomerId = @CustomerId
        """);

    internal static readonly ListOf<Row> List = ListOf<Row>.From(Matching, "s.ProductId", row => row.ProductId.ToBytes())
        .SortedBy("last_order_at", "s.LastOrderAt", row => row.LastOrderAt, isDescending: true)
        .SortedBy("units", "s.Units", row => row.Units, isDescending: true)
        .SortedBy("revenue", "s.RevenueMinor", row => row.RevenueMinor, isDescending: true);
}
