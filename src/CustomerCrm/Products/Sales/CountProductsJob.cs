using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Products.Sales;

/// <summary>Look for products that have lost customers who were deleted, and sum those anew.</summary>
public sealed record CountProducts;

/// <summary>Should a deletion have taken something along that nobody saw going. Only products whose number of customers is wrong are written.</summary>
internal sealed class CountProductsJob(TenantDb db, ProductSales sales) : IJob<CountProducts>
{
    private const int AtOnce = 500;

    public async Task RunAsync(CountProducts work, CancellationToken ct)
    {
        var after = new Id<Product>(Guid.Empty);
        while (await db.QueryTopAsync<Row>(Counted, AtOnce, new { After = after }, ct) is { Count: > 0 } products)
        {
            foreach (var product in products.Where(p => p.CustomerCount != p.Customers)) await sales.SumAsync(product.Id, ct);
            after = products[^1].Id;
        }
    }

    private sealed record Row
    {
        public required Id<Product> Id { get; init; }
        public required int CustomerCount { get; init; }
        public required int Customers { get; init; }
    }

    private static readonly TenantSql Counted = TenantSql.Of("""
        SELECT p.Id, p.CustomerCount, (SELECT COUNT(*) FROM ProductSales s WHERE s.TenantId = @TenantId AND s.ProductId = p.Id) AS Customers
        FROM Products p
        WHERE p.TenantId = @TenantId AND p.Id > @After
        ORDER BY p.Id
        """);
}
