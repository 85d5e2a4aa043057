using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Products.Sales;

/// <summary>GET /products/{product_id}/customers: who bought it.</summary>
public static class ListBuyers
{
    /// <summary>A customer who bought the product.</summary>
    public sealed record Row
    {
        public required Id<Customer> CustomerId { get; init; }
        public required string? Name { get; init; }
        public required string? Email { get; init; }
        public required long Units { get; init; }

        /// <summary>In minor units of the tenant's currency.</summary>
        public required long RevenueMinor { get; init; }

        public required int OrderCount { get; init; }
        public required DateTimeOffset LastOrderAt { get; init; }
    }

    internal static async Task<Page<Row>> Handle([FromRoute(Name = "product_id")] Id<Product> productId, ListQuery query, ProductReader products, TenantDb db, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, new { ProductId = productId }, ct);
        if (page.Data.Count == 0) await products.FindAsync(productId, ct); // nobody, or no such product?
        return page;
    }

    // Through Products, so that what is left of a deleted product's sales is shown to nobody.
    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT s.CustomerId, c.Name, c.Email, s.Units, s.RevenueMinor, s.OrderCount, s.LastOrderAt
        FROM Products p
        JOIN ProductSales s ON s.TenantId = p.TenantId AND s.ProductId = p.Id
        JOIN Customers c ON c.TenantId = s.TenantId AND c.Id = s.CustomerId
        WHERE p.TenantId = @TenantId
          AND p.Id = @ProductId
        """);

    internal static readonly ListOf<Row> List = ListOf<Row>.From(Matching, "s.CustomerId", row => row.CustomerId.ToBytes())
        .SortedBy("last_order_at", "s.LastOrderAt", row => row.LastOrderAt, isDescending: true)
        .FilteredBy("last_order_at", "s.LastOrderAt", FilterType.Time, Operators.Range)
        .FilteredBy("units", "s.Units", FilterType.Integer, Operators.Range);
}
