using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Products;

/// <summary>Finds products, whole, and whose an SKU or an external id is.</summary>
internal sealed class ProductReader(TenantDb db)
{
    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<Product> FindAsync(Id<Product> productId, CancellationToken ct)
    {
        var product = await db.FindAsync<Product>(ById, new { ProductId = productId }, ct) ?? throw ApiProblem.NotFound("product");
        return (await AttachAsync([product], ct))[0];
    }

    /// <summary>The same products with their categories and external ids, all read at once.</summary>
    public async Task<IReadOnlyList<Product>> AttachAsync(IReadOnlyList<Product> products, CancellationToken ct)
    {
        if (products.Count == 0) return products;
        var ids = Condition.In("i.ProductId", products.Select(p => (object?)p.Id));
        var categories = (await db.QueryAsync<CategoryRow>(Categories.And(ids).Then("ORDER BY i.CategoryKey"), null, ct)).ToLookup(row => row.ProductId, row => row.Category);
        var externals = (await db.QueryAsync<ExternalRow>(ExternalIds.And(ids), null, ct)).ToLookup(row => row.ProductId, row => new ProductExternalId { Source = row.Source, Id = row.ExternalId });
        return [.. products.Select(p => p with { Categories = [.. categories[p.Id]], ExternalIds = [.. externals[p.Id].OrderBy(id => id.Source, StringComparer.Ordinal)] })];
    }

    public Task<Id<Product>?> FindIdAsync(ProductExternalId external, CancellationToken ct) =>
        db.FindAsync<Id<Product>?>(OwnerOfExternalId, new { external.Source, ExternalKey = ProductParts.KeyOf(external.Id) }, ct);

    public Task<Id<Product>?> FindBySkuAsync(string sku, CancellationToken ct) => db.FindAsync<Id<Product>?>(OwnerOfSku, new { SkuKey = ProductParts.KeyOf(sku) }, ct);

    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task CheckAsync(Id<Product> productId, CancellationToken ct)
    {
        if (await db.FindAsync<Product>(ById, new { ProductId = productId }, ct) is null) throw ApiProblem.NotFound("product");
    }

    private sealed record CategoryRow
    {
        public required Id<Product> ProductId { get; init; }
        public required string Category { get; init; }
    }

    private sealed record ExternalRow
    {
        public required Id<Product> ProductId { get; init; }
        public required string Source { get; init; }
        public required string ExternalId { get; init; }
    }

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of($"""
        SELECT {Product.Columns}
        FROM Products p
        WHERE p.TenantId = @TenantId
        """);

    /// <summary>The same, begun at the values of the tenant's own fields (CROSS JOIN, because SQLite keeps its order).</summary>
    internal static readonly TenantSql MatchingByValue = TenantSql.Of($"""
        SELECT {Product.Columns}
        FROM ProductFieldValues v
        CROSS JOIN Products p
        WHERE v.TenantId = @TenantId
          AND p.TenantId = @TenantId
          AND p.Id = v.ProductId
        """);

    private static readonly TenantSql ById = Matching.Then("AND p.Id = @ProductId");

    private static readonly TenantSql Categories = TenantSql.Of("""
        SELECT i.ProductId, i.Category
        FROM ProductCategories i
        WHERE i.TenantId = @TenantId
        """);

    private static readonly TenantSql ExternalIds = TenantSql.Of("""
        SELECT i.ProductId, i.Source, i.ExternalId
        FROM ProductExternalIds i
        WHERE i.TenantId = @TenantId
        """);

    private static readonly TenantSql OwnerOfSku = TenantSql.Of("""
        SELECT p.Id
        FROM Products p
        WHERE p.TenantId = @TenantId AND p.SkuKey = @SkuKey
        """);

    private static readonly TenantSql OwnerOfExternalId = TenantSql.Of("""
        SELECT i.ProductId
        FROM ProductExternalIds i
        WHERE i.TenantId = @TenantId AND i.ExternalKey = @ExternalKey AND i.Source = @Source
        """);
}
