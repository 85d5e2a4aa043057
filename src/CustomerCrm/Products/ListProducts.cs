using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Products;

/// <summary>GET /products</summary>
internal static class ListProducts
{
    internal static async Task<Page<Product>> Handle(ListQuery query, string? q, ProductSearch search, TenantDb db, ProductReader reader, CancellationToken ct)
    {
        var found = q is null ? null : await search.FindAsync(q, ct);
        var list = found is null ? List : (found.AreFew ? Found : List).Where(found.Condition);
        var page = await list.ReadAsync(query, db, found?.Ranges, ct);
        return page with { Data = await reader.AttachAsync(page.Data, ct) };
    }

    // CROSS JOIN, because SQLite keeps its order: first what is found, then its rows.
    private static readonly TenantSql MatchingFound = TenantSql.Of($"""
        SELECT {Product.Columns}
        FROM (
            SELECT w.ProductId
            FROM ProductWords w
            WHERE w.TenantId = @TenantId AND w.Word >= @WordFrom AND w.Word < @WordTo
            UNION
            SELECT s.Id
            FROM Products s
            WHERE s.TenantId = @TenantId AND s.SkuKey >= @SkuFrom AND s.SkuKey < @SkuTo
            UNION
            SELECT k.Id
            FROM Products k
            WHERE k.TenantId = @TenantId AND k.SkuKey >= @CapitalsFrom AND k.SkuKey < @CapitalsTo
        ) m
        CROSS JOIN Products p
        WHERE p.TenantId = @TenantId
          AND p.Id = m.ProductId
        """);

    internal static readonly ListOf<Product> List = Of(ProductReader.Matching);
    private static readonly ListOf<Product> Found = Of(MatchingFound);

    private static ListOf<Product> Of(TenantSql matching) => ListOf<Product>
        .From(matching, "p.Id", product => product.Id.ToBytes())
        .SortedBy("created_at", "p.CreatedAt", product => product.CreatedAt, isDescending: true)
        .SortedBy("updated_at", "p.UpdatedAt", product => product.UpdatedAt)
        .SortedBy("name", "p.NameKey", product => NameKey.Of(product.Name))
        .SortedBy("revenue", "p.RevenueMinor", product => product.RevenueMinor)
        .SortedBy("units_sold", "p.UnitsSold", product => product.UnitsSold)
        .FilteredBy("created_at", "p.CreatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("updated_at", "p.UpdatedAt", FilterType.Time, Operators.Range)
        .FilteredBy("is_active", "p.IsActive", FilterType.Boolean, Operators.Equal)
        .FilteredBy("price_minor", "p.PriceMinor", FilterType.Integer, Operators.Range)
        .FilteredBy("units_sold", "p.UnitsSold", FilterType.Integer, Operators.Range)
        .FilteredBy("revenue_minor", "p.RevenueMinor", FilterType.Integer, Operators.Range)
        .FilteredBy("sku", "eq", FilterType.Text(100, "TEA-GREEN-250"), "Only the product with this SKU; upper and lower case differ.",
            sku => Condition.Of("p.SkuKey = {0}", ProductParts.KeyOf((string)sku)))
        .FilteredBy("name", "starts_with", NamePrefix.Type("gre"), "Only products whose name begins with this text; case and accents do not count.", NameStartsWith)
        .FilteredBy("category", "eq", FilterType.Text(100, "Tea"), "Only products of this category; case and accents do not count.",
            category => Condition.Of("p.Id IN (SELECT i.ProductId FROM ProductCategories i WHERE i.TenantId = @TenantId AND i.CategoryKey = {0})", ProductParts.KeyOfCategory((string)category)))
        .FilteredBy("external_id", "eq", FilterType.Text(301, "shopify:1042") with { Read = ExternalOf }, "Only the product that has this external id: the source, a colon and the id.", HasExternalId)
        .WithOwn(new ListedFields<Product>(ProductFields.Owner, ProductReader.MatchingByValue, product => product.CustomFields));

    // A name's key holds letters, digits and spaces only: nothing to escape.
    private static Condition NameStartsWith(object value)
    {
        var key = (string)value;
        return Condition.OfEach(sqlServer: "p.NameKey LIKE {0}", sqlite: "p.NameKey >= {1} AND p.NameKey < {2}", $"{key}%", key, NamePrefix.EndOf(key));
    }

    private static Condition HasExternalId(object value)
    {
        var external = (ProductExternalId)value;
        return Condition.Of("p.Id = (SELECT i.ProductId FROM ProductExternalIds i WHERE i.TenantId = @TenantId AND i.ExternalKey = {0} AND i.Source = {1})",
            ProductParts.KeyOf(external.Id), external.Source);
    }

    private static ProductExternalId? ExternalOf(string text) => text.Split(':', 2) is [var source, var id] ? ProductParts.External(source, id) : null;
}
