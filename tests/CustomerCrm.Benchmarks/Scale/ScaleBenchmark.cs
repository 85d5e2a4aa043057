using CustomerCrm.Benchmarks.Http;

namespace CustomerCrm.Benchmarks.Scale;

/// <summary>What a tenant feels that has a million customers and ten million orders.</summary>
internal static class ScaleBenchmark
{
    public static async Task RunAsync(Results results)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-");
        var file = Path.Combine(folder.FullName, "big.db");
        string key;
        var operatorKey = await ServerProcess.OperatorKeyAsync(file);
        using (var first = await ServerProcess.ProductAsync(file)) key = await ServerProcess.SignUpAsync(first, operatorKey);
        var tenantId = Shop.TenantOf(file);
        Shop.AddToProduct(file, tenantId, 0, BigShop.Customers);
        BigShop.Fill(file, tenantId, TimeProvider.System.GetUtcNow().UtcDateTime);
        using (var product = await ServerProcess.ProductAsync(file))
        {
            await QueryBenchmark.RunAsync(results, product, key);
            await SegmentBenchmark.RunAsync(results, product, key, file, tenantId);
        }
        folder.Delete(recursive: true);
    }
}
