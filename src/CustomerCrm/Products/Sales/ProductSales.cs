using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Products.Sales;

/// <summary>
/// Keeps what each customer bought of each product. Whoever writes an order with products calls this in the same transaction, while it
/// holds the customer's figures; the sums of a product are a job's, since a bestseller is bought by everybody at once.
/// </summary>
internal sealed class ProductSales(TenantDb db, JobQueue jobs)
{
    /// <summary>A customer's orders have changed that name, or named, these products: counts them anew from the orders.</summary>
    public async Task CountAsync(Id<Customer> customerId, IReadOnlyCollection<Id<Product>> products, CancellationToken ct)
    {
        if (products.Count == 0) return;
        var who = new { CustomerId = customerId };
        var before = (await db.QueryAsync<Row>(Kept.And(Condition.In("s.ProductId", products.Select(p => (object?)p))), who, ct)).ToDictionary(row => row.ProductId);
        var bought = await db.QueryAsync<Bought>(InOrders.And(Condition.In("l.ProductId", products.Select(p => (object?)p))).Then("GROUP BY l.ProductId"), who, ct);
        var after = bought.Select(b => b.ToRow(customerId)).ToDictionary(row => row.ProductId);

        foreach (var productId in products)
        {
            var (was, isNow) = (before.GetValueOrDefault(productId), after.GetValueOrDefault(productId));
            if (was == isNow) continue;
            if (isNow is null) await db.ExecuteAsync(Delete, new { CustomerId = customerId, ProductId = productId }, ct);
            else await db.ExecuteAsync(was is null ? Insert : Update, isNow, ct);
            await SumSoonAsync(productId, ct);
        }
    }

    public Task SumSoonAsync(Id<Product> productId, CancellationToken ct) => jobs.EnqueueOnceAsync(new CountProduct(productId), productId.ToString(), ct);

    /// <summary>Sums a product's sales anew, and moves its revision if that is different.</summary>
    public Task SumAsync(Id<Product> productId, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        // On SQL Server the second of two who sum waits here, and then sees all that the first one saw.
        if (await db.ExecuteAsync(Lock, new { ProductId = productId }, ct) > 0) await db.ExecuteAsync(Sum, new { ProductId = productId, Never = DateTimeOffset.UnixEpoch }, ct);
    }, ct);

    private sealed record Row
    {
        public required Id<Customer> CustomerId { get; init; }
        public required Id<Product> ProductId { get; init; }
        public required long Units { get; init; }
        public required long RevenueMinor { get; init; }
        public required int OrderCount { get; init; }
        public required DateTimeOffset FirstOrderAt { get; init; }
        public required DateTimeOffset LastOrderAt { get; init; }
    }

    private sealed record Bought
    {
        public required Id<Product> ProductId { get; init; }
        public required long Units { get; init; }
        public required double Revenue { get; init; }
        public required int OrderCount { get; init; }
        public required DateTimeOffset FirstOrderAt { get; init; }
        public required DateTimeOffset LastOrderAt { get; init; }

        public Row ToRow(Id<Customer> customerId) => new()
        {
            CustomerId = customerId, ProductId = ProductId, Units = Units, OrderCount = OrderCount, FirstOrderAt = FirstOrderAt, LastOrderAt = LastOrderAt,
            RevenueMinor = (long)Math.Round(Revenue, MidpointRounding.AwayFromZero),
        };
    }

    private static readonly TenantSql Kept = TenantSql.Of("""
        SELECT s.CustomerId, s.ProductId, s.Units, s.RevenueMinor, s.OrderCount, s.FirstOrderAt, s.LastOrderAt
        FROM ProductSales s
        WHERE s.TenantId = @TenantId
          AND s.CustomerId = @CustomerId
        """);

    // CROSS JOIN, because SQLite keeps its order: first the customer's orders, and not everybody's lines of a bestseller. Floats, for
    // spend times price has no room in 64 bits.
    private static readonly TenantSql InOrders = TenantSql.Of("""
        SELECT l.ProductId, SUM(CAST(l.Quantity AS BIGINT)) AS Units, COUNT(DISTINCT o.Id) AS OrderCount,
            SUM(CASE WHEN o.LinesMinor > 0 AND o.SpendTenantMinor IS NOT NULL
                     THEN CAST(o.SpendTenantMinor AS FLOAT) * (l.Quantity * l.UnitPriceMinor - l.DiscountMinor) / o.LinesMinor
                     ELSE CAST(0 AS FLOAT) END) AS Revenue,
            MIN(o.PlacedAt) AS FirstOrderAt, MAX(o.PlacedAt) AS LastOrderAt
        FROM Orders o
        CROSS JOIN OrderLines l
        WHERE o.TenantId = @TenantId
          AND o.CustomerId = @CustomerId
          AND o.IsCounted = 1
          AND l.TenantId = @TenantId
          AND l.OrderId = o.Id
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ProductSales (TenantId, CustomerId, ProductId, Units, RevenueMinor, OrderCount, FirstOrderAt, LastOrderAt)
        VALUES (@TenantId, @CustomerId, @ProductId, @Units, @RevenueMinor, @OrderCount, @FirstOrderAt, @LastOrderAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE ProductSales
        SET Units = @Units, RevenueMinor = @RevenueMinor, OrderCount = @OrderCount, FirstOrderAt = @FirstOrderAt, LastOrderAt = @LastOrderAt
        WHERE TenantId = @TenantId AND CustomerId = @CustomerId AND ProductId = @ProductId
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM ProductSales
        WHERE TenantId = @TenantId AND CustomerId = @CustomerId AND ProductId = @ProductId
        """);

    private static readonly TenantSql Lock = TenantSql.Of("""
        UPDATE Products
        SET UnitsSold = UnitsSold
        WHERE TenantId = @TenantId AND Id = @ProductId
        """);

    private static readonly TenantSql Sum = TenantSql.Of("""
        UPDATE Products
        SET UnitsSold = s.Units, RevenueMinor = s.RevenueMinor, OrderCount = s.OrderCount, CustomerCount = s.CustomerCount, LastOrderAt = s.LastOrderAt,
            Revision = Products.Revision + 1
        FROM (SELECT COALESCE(SUM(k.Units), 0) AS Units, COALESCE(SUM(k.RevenueMinor), 0) AS RevenueMinor, COALESCE(SUM(k.OrderCount), 0) AS OrderCount,
                     COUNT(*) AS CustomerCount, MAX(k.LastOrderAt) AS LastOrderAt
              FROM ProductSales k
              WHERE k.TenantId = @TenantId AND k.ProductId = @ProductId) s
        WHERE Products.TenantId = @TenantId AND Products.Id = @ProductId
          AND (Products.UnitsSold <> s.Units OR Products.RevenueMinor <> s.RevenueMinor OR Products.OrderCount <> s.OrderCount
            OR Products.CustomerCount <> s.CustomerCount OR COALESCE(Products.LastOrderAt, @Never) <> COALESCE(s.LastOrderAt, @Never))
        """);
}
