using CustomerCrm.Benchmarks.Http;

namespace CustomerCrm.Benchmarks.Scale;

/// <summary>What a tenant feels that has a million customers and ten million orders.</summary>
internal static class ScaleBenchmark
{
    /// <param name="results">Where the figures go.</param>
    /// <param name="customers">How many; fewer for a quick look.</param>
    public static async Task RunAsync(Results results, int customers = 1_000_000)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-");
        try
        {
            var file = Path.Combine(folder.FullName, "big.db");
            var operatorKey = await ServerProcess.OperatorKeyAsync(file);
            string key;
            using (var first = await ServerProcess.ProductAsync(file)) key = await ServerProcess.SignUpAsync(first, operatorKey);
            var tenantId = Shop.TenantOf(file);
            new BigShop(file, tenantId, customers, TimeProvider.System.GetUtcNow().UtcDateTime).Fill();

            using var product = await ServerProcess.ProductAsync(file);
            await QueryBenchmark.RunAsync(results, product, key, customers);
            await SegmentBenchmark.RunAsync(results, product, key, file, tenantId, customers);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
