using System.Diagnostics;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>What an integrator feels: reads, pages and durable writes, each beside the bare stack.</summary>
internal static class HttpBenchmark
{
    public static async Task RunAsync(Results results, string only)
    {
        using var pair = await Pair.StartAsync(customers: 10_000);
        results.Add("fsync of 4 kB, median of 200", $"{Results.Text(FsyncMicroseconds())} µs", "", "", null);

        async Task CompareAsync(string work, int connections, double goal, Func<byte[]> ofProduct, Func<byte[]> ofBare)
        {
            if (!work.Contains(only, StringComparison.Ordinal)) return;
            var (product, bare, ratio) = await pair.CompareAsync(connections, ofProduct, ofBare);
            results.AddAtLeast(work, $"{Results.Text(product)}/s beside {Results.Text(bare)}/s bare", ratio, goal);
        }

        await CompareAsync("GET a customer, 16 connections", 16, 0.65, pair.Product.Get, pair.GetOfBare);
        await CompareAsync("page of 50 customers, 16 connections", 16, 0.60, () => Load.Get("/v1/customers?limit=50", pair.Product.Key), () => Load.Get("/customers"));
        await CompareAsync("timeline page of 50, 16 connections", 16, 0.60,
            () => Load.Get($"/v1/customers/{FilledProduct.Id(Random.Shared.Next(100))}/timeline?limit=50", pair.Product.Key), () => Load.Get($"/customers/{Random.Shared.Next(100) + 1}/timeline"));
        await CompareAsync("create a customer, durable, 16 connections", 16, 1.5, pair.Product.Create, pair.CreateOfBare);
        await CompareAsync("create a customer, durable, 64 connections", 64, 2.5, pair.Product.Create, pair.CreateOfBare);
    }

    private static double FsyncMicroseconds()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[4096];
            return Results.Median(Enumerable.Range(0, 200).Select(_ =>
            {
                var watch = Stopwatch.StartNew();
                stream.Write(page);
                stream.Flush(flushToDisk: true);
                return watch.Elapsed.TotalMicroseconds;
            }));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
