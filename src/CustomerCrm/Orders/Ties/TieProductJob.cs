using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Products;

namespace CustomerCrm.Orders.Ties;

/// <summary>
/// Ties the lines of past orders to a product that has come, and unties those of one that is gone: some orders at a time, so that others can
/// write in between.
/// </summary>
internal sealed class TieProductJob(TenantDb db, LineTies ties) : IJob<TieProduct>
{
    private const int AtOnce = 50;

    public async Task RunAsync(TieProduct work, CancellationToken ct)
    {
        foreach (var statement in new[] { Untied, UntiedByExternalId, LeftBehind })
        {
            var after = new Id<Order>(Guid.Empty);
            while (await db.QueryTopAsync<Id<Order>>(statement, AtOnce, new { work.ProductId, After = after }, ct) is { Count: > 0 } orders)
            {
                await db.InTransactionAsync(() => ties.TieAsync(orders, ct), ct);
                after = orders[^1];
            }
        }
    }

    // CROSS JOIN, because SQLite keeps its order: first the product, and not every line there is.
    private static readonly TenantSql Untied = TenantSql.Of("""
        SELECT DISTINCT l.OrderId
        FROM Products p
        CROSS JOIN OrderLines l
        WHERE p.TenantId = @TenantId
          AND p.Id = @ProductId
          AND l.TenantId = @TenantId
          AND l.SkuKey = p.SkuKey
          AND l.SkuKey IS NOT NULL
          AND l.ProductId IS NULL
          AND l.OrderId > @After
        ORDER BY l.OrderId
        """);

    private static readonly TenantSql UntiedByExternalId = TenantSql.Of("""
        SELECT DISTINCT l.OrderId
        FROM ProductExternalIds i
        CROSS JOIN OrderLines l
        CROSS JOIN Orders o
        WHERE i.TenantId = @TenantId
          AND i.ProductId = @ProductId
          AND l.TenantId = @TenantId
          AND l.ProductExternalKey = i.ExternalKey
          AND l.ProductExternalKey IS NOT NULL
          AND o.TenantId = @TenantId
          AND o.Id = l.OrderId
          AND o.Source = i.Source
          AND l.ProductId IS NULL
          AND l.OrderId > @After
        ORDER BY l.OrderId
        """);

    private static readonly TenantSql LeftBehind = TenantSql.Of("""
        SELECT DISTINCT l.OrderId
        FROM OrderLines l
        WHERE l.TenantId = @TenantId
          AND l.ProductId = @ProductId
          AND l.OrderId > @After
          AND NOT EXISTS (SELECT 1 FROM Products p WHERE p.TenantId = @TenantId AND p.Id = @ProductId)
        ORDER BY l.OrderId
        """);
}
