using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>Whether one tenant feels another: at twenty times its limit, and with a hundred thousand jobs waiting.</summary>
internal static class FairnessBenchmark
{
    private const int LimitPerSecond = 50, Jobs = 100_000;
    private static readonly TimeSpan time = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(Results results)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-");
        var file = Path.Combine(folder.FullName, "crm.db");
        var operatorKey = await ServerProcess.OperatorKeyAsync(file);
        string noisy, quiet;
        Visits alone;
        var limit = LimitPerSecond.ToString(CultureInfo.InvariantCulture);
        string[] limits = ["--RateLimits:PerKey:Capacity", limit, "--RateLimits:PerKey:RefillPerSecond", limit, "--RateLimits:PerTenant:Capacity", limit, "--RateLimits:PerTenant:RefillPerSecond", limit];
        using (var product = await ServerProcess.ProductAsync(file, limits))
        {
            (noisy, quiet) = (await ServerProcess.SignUpAsync(product, operatorKey), await ServerProcess.SignUpAsync(product, operatorKey));
            await Visits.PayAsync(product, quiet, time); // until the runtime is warm
            alone = await Visits.PayAsync(product, quiet, time);

            using var stop = new CancellationTokenSource();
            var flood = FloodAsync(product, noisy, stop.Token);
            var beside = await Visits.PayAsync(product, quiet, time);
            await stop.CancelAsync();
            var perSecond = await flood / time.TotalSeconds;
            results.AddAtMost("p99 of a tenant beside one far over its limit", $"{beside} beside {alone} alone; the other asked {perSecond / LimitPerSecond:0} times its limit", beside.P99 / alone.P99, 2, "×");
        }
        AddJobs(file);
        using (var product = await ServerProcess.ProductAsync(file, limits))
        {
            await Visits.PayAsync(product, quiet, time);
            var beside = await Visits.PayAsync(product, quiet, time);
            results.AddAtMost($"p99 of a tenant beside one with {Jobs:#,0} jobs", $"{beside} beside {alone} alone; {Waiting(file):#,0} jobs still waited", beside.P99 / alone.P99, 2, "×");
        }
        folder.Delete(recursive: true);
    }

    private static void AddJobs(string file)
    {
        using var connection = Open(file);
        connection.Execute($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Jobs})
            INSERT INTO Jobs (TenantId, Id, Kind, Payload, State, DueAt, Attempts, Fence, EnqueuedAt)
            SELECT (SELECT MIN(TenantId) FROM Tenants), randomblob(16), 'count_segments', @payload, 0, '2026-01-01 00:00:00', 0, 0, '2026-01-01 00:00:00'
            FROM n
            """, new { payload = "{}" });
    }

    private static long Waiting(string file)
    {
        using var connection = Open(file);
        return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM Jobs WHERE Kind = 'count_segments'");
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static async Task<double> FloodAsync(ServerProcess product, string key, CancellationToken stop)
    {
        using var client = product.Client(key);
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                var answer = await client.PostAsJsonAsync("/v1/customers", new { name = "Noise" }, CancellationToken.None);
                if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.TooManyRequests)) throw new InvalidOperationException($"The noisy tenant heard {(int)answer.StatusCode}.");
                Interlocked.Increment(ref sent);
            }
        }));
        return sent;
    }
}
