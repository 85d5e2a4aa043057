using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Products.Sales;

/// <summary>What a customer bought leaves the figures of products when the customer goes into the bin with all orders, and counts again when they are back.</summary>
internal sealed class BinnedSales(TenantDb db, ProductSales sales) : ILeaving
{
    private const int AtOnce = 500;

    public string Kind => CustomerRecord.Kind.Name;

    /// <summary>The rows go with the customer; the products are summed without them afterwards.</summary>
    public async Task LeaveAsync(Guid recordId, CancellationToken ct)
    {
        foreach (var productId in await db.QueryAsync<Id<Product>>(Kept, new { CustomerId = new Id<Customer>(recordId) }, ct)) await sales.SumSoonAsync(productId, ct);
    }

    /// <summary>
    /// A customer is back, maybe without some orders or with others: counts all that they bought anew, and has each of those products summed even
    /// where the rows came back right.
    /// </summary>
    public async Task ReturnAsync(Id<Customer> customerId, CancellationToken ct)
    {
        var products = await db.QueryAsync<Id<Product>>(KeptOrBought, new { CustomerId = customerId }, ct);
        foreach (var some in products.Chunk(AtOnce)) await sales.CountAsync(customerId, some, ct);
        foreach (var productId in products) await sales.SumSoonAsync(productId, ct);
    }

    private static readonly TenantSql Kept = TenantSql.Of("""
        SELECT s.ProductId
        FROM ProductSales s
        WHERE s.TenantId = @TenantId
          AND s.CustomerId = @CustomerId
        """);

    private static readonly TenantSql KeptOrBought = Kept.Then("""
        UNION
        SELECT l.ProductId
        FROM Orders o
        CROSS JOIN OrderLines l
        WHERE o.TenantId = @TenantId
          AND o.CustomerId = @CustomerId
          AND l.TenantId = @TenantId
          AND l.OrderId = o.Id
          AND l.ProductId IS NOT NULL
        """);
}
