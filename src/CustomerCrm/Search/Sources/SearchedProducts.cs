using CustomerCrm.Platform.Data;
using CustomerCrm.Products;

namespace CustomerCrm.Search.Sources;

/// <summary>Products as the search reads them: by name and SKU, and by categories, external ids and description.</summary>
internal sealed class SearchedProducts(TenantDb db) : ISearched
{
    public SearchKind Kind => SearchKind.Product;

    public async Task<IReadOnlyList<SearchDocument>> ReadAsync(IReadOnlyCollection<byte[]> keys, CancellationToken ct)
    {
        var products = await db.QueryAsync<Row>(Named.And(Condition.In("p.Id", keys)), null, ct);
        var categories = (await db.QueryAsync<Said>(Categories.And(Condition.In("s.ProductId", keys)), null, ct)).ToLookup(s => s.ProductId, s => s.Text);
        var ids = (await db.QueryAsync<Said>(ExternalIds.And(Condition.In("s.ProductId", keys)), null, ct)).ToLookup(s => s.ProductId, s => s.Text);
        return [.. products.Select(p => ToDocument(p, categories[p.Id], ids[p.Id]))];
    }

    public Task<IReadOnlyList<byte[]>> UnindexedAsync(byte[] after, int most, CancellationToken ct) => db.QueryTopAsync<byte[]>(Unindexed, most, new { After = after }, ct);

    private static SearchDocument ToDocument(Row product, IEnumerable<string> categories, IEnumerable<string> ids) => new()
    {
        Kind = SearchKind.Product,
        Key = product.Id.ToBytes(),
        OwnerKey = null,
        Id = product.Id.ToString(),
        Title = product.Name,
        Titles = [new("name", product.Name), new("sku", product.Sku)],
        Texts =
        [
            .. categories.Select(category => new SearchText("category", category)), .. ids.Select(id => new SearchText("external_id", id)),
            new("description", product.Description),
        ],
        UpdatedAt = product.UpdatedAt,
    };

    private sealed record Row
    {
        public required Id<Product> Id { get; init; }
        public required string Name { get; init; }
        public string? Sku { get; init; }
        public string? Description { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
    }

    private sealed record Said
    {
        public required Id<Product> ProductId { get; init; }
        public required string Text { get; init; }
    }

    private static readonly TenantSql Named = TenantSql.Of("""
        SELECT p.Id, p.Name, p.Sku, p.Description, p.UpdatedAt
        FROM Products p
        WHERE p.TenantId = @TenantId
        """);

    private static readonly TenantSql Categories = TenantSql.Of("SELECT s.ProductId, s.Category AS Text FROM ProductCategories s WHERE s.TenantId = @TenantId");

    private static readonly TenantSql ExternalIds = TenantSql.Of("SELECT s.ProductId, s.ExternalId AS Text FROM ProductExternalIds s WHERE s.TenantId = @TenantId");

    private static readonly TenantSql Unindexed = TenantSql.Of("""
        SELECT p.Id
        FROM Products p
        WHERE p.TenantId = @TenantId
          AND p.Id > @After
          AND NOT EXISTS (SELECT 1 FROM SearchDocuments d
                          WHERE d.TenantId = @TenantId AND d.Kind = 5 AND d.RecordKey = p.Id AND d.SourceUpdatedAt >= p.UpdatedAt)
        ORDER BY p.Id
        """);
}
