using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Products;

namespace CustomerCrm.Orders.Lines;

/// <summary>The lines of orders, which are kept in a table of their own.</summary>
internal sealed class OrderLines(TenantDb db)
{
    /// <summary>The same orders with their lines, all read at once.</summary>
    public async Task<IReadOnlyList<Order>> AttachAsync(IReadOnlyList<Order> orders, CancellationToken ct)
    {
        if (orders.Count == 0) return orders;
        var sql = Matching.And(Condition.In("l.OrderId", orders.Select(o => (object?)o.Id))).Then("ORDER BY l.OrderId, l.Position");
        var lines = (await db.QueryAsync<Row>(sql, null, ct)).ToLookup(l => l.OrderId, l => l.Line);
        return [.. orders.Select(o => o with { Lines = [.. lines[o.Id]] })];
    }

    public async Task ReplaceAsync(Order order, CancellationToken ct)
    {
        await db.ExecuteAsync(Clear, new { OrderId = order.Id }, ct);
        await AddAsync(order, ct);
    }

    public Task AddAsync(Order order, CancellationToken ct) => db.ExecuteEachAsync(Insert, order.Lines.Select((line, i) => new
    {
        OrderId = order.Id,
        Position = i + 1,
        line.Sku,
        SkuKey = KeyOf(line.Sku),
        line.ProductExternalId,
        ProductExternalKey = KeyOf(line.ProductExternalId),
        ProductId = line.ProductId?.ToBytes(),
        line.Name,
        line.Quantity,
        line.UnitPriceMinor,
        line.DiscountMinor,
    }), ct);

    // As the catalogue is looked up: byte by byte.
    private static byte[]? KeyOf(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);

    private sealed record Row
    {
        public required Id<Order> OrderId { get; init; }
        public string? Sku { get; init; }
        public string? ProductExternalId { get; init; }
        public Id<Product>? ProductId { get; init; }
        public required string Name { get; init; }
        public required int Quantity { get; init; }
        public required long UnitPriceMinor { get; init; }
        public required long DiscountMinor { get; init; }

        public OrderLine Line => new() { Sku = Sku, ProductExternalId = ProductExternalId, ProductId = ProductId, Name = Name, Quantity = Quantity, UnitPriceMinor = UnitPriceMinor, DiscountMinor = DiscountMinor };
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT l.OrderId, l.Sku, l.ProductExternalId, l.ProductId, l.Name, l.Quantity, l.UnitPriceMinor, l.DiscountMinor
        FROM OrderLines l
        WHERE l.TenantId = @TenantId
        """);

    private static readonly TenantSql Clear = TenantSql.Of("""
        DELETE FROM OrderLines
        WHERE TenantId = @TenantId AND OrderId = @OrderId
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO OrderLines (TenantId, OrderId, Position, Sku, SkuKey, ProductExternalId, ProductExternalKey, ProductId, Name, Quantity, UnitPriceMinor, DiscountMinor)
        VALUES (@TenantId, @OrderId, @Position, @Sku, @SkuKey, @ProductExternalId, @ProductExternalKey, @ProductId, @Name, @Quantity, @UnitPriceMinor, @DiscountMinor)
        """);
}
