using CustomerCrm.Platform.Data;

namespace CustomerCrm.Products;

/// <summary>Writes the categories and external ids of products. What a unique index refuses is taken back, so that the caller's transaction can go on.</summary>
internal sealed class ProductKeys(TenantDb db)
{
    /// <exception cref="DuplicateKeyException">A new external id is another product's; nothing was written.</exception>
    public async Task ReplaceAsync(Product before, Product after, CancellationToken ct)
    {
        // An id that changes within its source gives up the old one first, for a product has one in each.
        var (gone, come) = (before.ExternalIds.Except(after.ExternalIds).ToArray(), after.ExternalIds.Except(before.ExternalIds).ToArray());
        foreach (var external in gone) await db.ExecuteAsync(DeleteExternalId, RowOf(after, external), ct);
        var written = new List<ProductExternalId>();
        try
        {
            foreach (var external in come)
            {
                await db.ExecuteAsync(InsertExternalId, RowOf(after, external), ct);
                written.Add(external);
            }
        }
        catch (DuplicateKeyException)
        {
            foreach (var external in written) await db.ExecuteAsync(DeleteExternalId, RowOf(after, external), ct);
            foreach (var external in gone) await db.ExecuteAsync(InsertExternalId, RowOf(after, external), ct);
            throw;
        }

        if (before.Categories.SequenceEqual(after.Categories)) return;
        await db.ExecuteAsync(DeleteCategories, new { ProductId = after.Id }, ct);
        await db.ExecuteEachAsync(InsertCategory, after.Categories.Select(category => new { ProductId = after.Id, Category = category, CategoryKey = ProductParts.KeyOfCategory(category) }), ct);
    }

    private static object RowOf(Product product, ProductExternalId external) => new { ProductId = product.Id, external.Source, ExternalId = external.Id, ExternalKey = ProductParts.KeyOf(external.Id) };

    private static readonly TenantSql InsertExternalId = TenantSql.Of("""
        INSERT INTO ProductExternalIds (TenantId, ProductId, Source, ExternalId, ExternalKey)
        VALUES (@TenantId, @ProductId, @Source, @ExternalId, @ExternalKey)
        """);

    private static readonly TenantSql DeleteExternalId = TenantSql.Of("""
        DELETE FROM ProductExternalIds
        WHERE TenantId = @TenantId AND ProductId = @ProductId AND Source = @Source
        """);

    private static readonly TenantSql InsertCategory = TenantSql.Of("""
        INSERT INTO ProductCategories (TenantId, ProductId, CategoryKey, Category)
        VALUES (@TenantId, @ProductId, @CategoryKey, @Category)
        """);

    private static readonly TenantSql DeleteCategories = TenantSql.Of("DELETE FROM ProductCategories WHERE TenantId = @TenantId AND ProductId = @ProductId");
}
