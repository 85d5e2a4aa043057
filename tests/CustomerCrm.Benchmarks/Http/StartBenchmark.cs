using System.Diagnostics;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>A release build over a file that exists: how soon it is ready, and what it holds in memory when nobody calls.</summary>
internal static class StartBenchmark
{
    public static async Task RunAsync(Results results)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-");
        var file = Path.Combine(folder.FullName, "crm.db");
        using (await ServerProcess.ProductAsync(file)) { } // makes the file
        var (seconds, megabytes) = (new List<double>(), new List<double>());
        for (var i = 0; i < 5; i++)
        {
            var watch = Stopwatch.StartNew();
            using var product = await ServerProcess.ProductAsync(file);
            seconds.Add(watch.Elapsed.TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(5));
            megabytes.Add(product.MemoryMegabytes);
        }
        folder.Delete(recursive: true);
        results.AddAtMost("start to ready, existing file", "median of 5", Results.Median(seconds), 2, "s");
        results.AddAtMost("memory, idle", "resident, 5 s after ready, median of 5", Results.Median(megabytes), 200, "MB");
    }
}
