using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;
using CustomerCrm.Products.Sales;

namespace CustomerCrm.Products;

/// <summary>A product as it goes into the bin. When it is back, the lines of orders are tied to it again, and what was sold of it is summed: orders may be gone since.</summary>
internal sealed class ProductRecord(ProductReader reader, ProductSales sales, JobQueue jobs, EventLog events) : IRestored
{
    public static RecordKind RecordKind { get; } = new("product", Product.Prefix,
    [
        new("Products", "Id") { Resource = "product", KnownBy = "Sku", Spare = new("sku", "Sku", "SkuKey") },
        new("ProductExternalIds", "ProductId") { IsOfItself = true, Resource = "external_id", KnownBy = "ExternalId" },
        new("ProductCategories", "ProductId") { IsOfItself = true },
        new("ProductWords", "ProductId") { IsOfItself = true },
        new("ProductFields", "ProductId") { IsOfItself = true },
        new("ProductFieldValues", "ProductId") { IsOfItself = true, PointsTo = new Dictionary<string, string> { ["FieldId"] = "CustomFields" } },
    ]);

    public string Kind => RecordKind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        var productId = new Id<Product>(recordId);
        await jobs.EnqueueOnceAsync(new TieProduct(productId), productId.ToString(), ct);
        await sales.SumSoonAsync(productId, ct);
        events.Record("product.restored", await reader.FindAsync(productId, ct));
    }
}
