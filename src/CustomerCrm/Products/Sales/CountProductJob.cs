using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Products.Sales;

/// <summary>Sum a product's sales anew.</summary>
public sealed record CountProduct(Id<Product> ProductId);

internal sealed class CountProductJob(ProductSales sales) : IJob<CountProduct>
{
    public Task RunAsync(CountProduct work, CancellationToken ct) => sales.SumAsync(work.ProductId, ct);
}
