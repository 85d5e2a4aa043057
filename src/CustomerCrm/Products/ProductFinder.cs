using CustomerCrm.Platform.Data;

namespace CustomerCrm.Products;

/// <summary>Which products are meant by the SKUs and external ids of an order's lines: all looked up at once.</summary>
internal sealed class ProductFinder(TenantDb db)
{
    public async Task<Known> FindAsync(IEnumerable<string?> skus, string? source, IEnumerable<string?> externalIds, CancellationToken ct)
    {
        string[] bySku = [.. skus.OfType<string>().Distinct()], byId = source is null ? [] : [.. externalIds.OfType<string>().Distinct()];
        return new Known(
            bySku.Length == 0 ? [] : await FindAsync(BySku.And(Condition.In("p.SkuKey", bySku.Select(sku => (object?)ProductParts.KeyOf(sku)))), null, ct),
            byId.Length == 0 ? [] : await FindAsync(ByExternalId.And(Condition.In("i.ExternalKey", byId.Select(id => (object?)ProductParts.KeyOf(id)))), source, ct));
    }

    /// <summary>Products by SKU, and by their id in the order's source.</summary>
    internal sealed record Known(IReadOnlyDictionary<string, Id<Product>> BySku, IReadOnlyDictionary<string, Id<Product>> ByExternalId)
    {
        /// <summary>An id says more than a number that may have been given twice. Null: the catalogue has no such product.</summary>
        public Id<Product>? Of(string? sku, string? externalId) =>
            externalId is not null && ByExternalId.TryGetValue(externalId, out var byId) ? byId
            : sku is not null && BySku.TryGetValue(sku, out var bySku) ? bySku
            : null;
    }

    private async Task<Dictionary<string, Id<Product>>> FindAsync(TenantSql sql, string? source, CancellationToken ct) =>
        (await db.QueryAsync<Row>(sql, new { Source = source }, ct)).ToDictionary(row => row.Name, row => row.Id, StringComparer.Ordinal);

    private sealed record Row
    {
        public required Id<Product> Id { get; init; }
        public required string Name { get; init; }
    }

    private static readonly TenantSql BySku = TenantSql.Of("""
        SELECT p.Id, p.Sku AS Name
        FROM Products p
        WHERE p.TenantId = @TenantId
        """);

    private static readonly TenantSql ByExternalId = TenantSql.Of("""
        SELECT i.ProductId AS Id, i.ExternalId AS Name
        FROM ProductExternalIds i
        WHERE i.TenantId = @TenantId
          AND i.Source = @Source
        """);
}
