using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>Whether one tenant feels another: at twenty times its limit, and with a hundred thousand jobs waiting.</summary>
internal static class FairnessBenchmark
{
    private const int LimitPerSecond = 50, Jobs = 100_000, Rounds = 5;
    private static readonly TimeSpan time = TimeSpan.FromSeconds(10), warm = TimeSpan.FromSeconds(5);
    private static readonly string limit = LimitPerSecond.ToString(CultureInfo.InvariantCulture);

    // The quiet tenant visits twenty times a second, which is below this.
    private static readonly string[] limits = ["--RateLimits:PerKey:Capacity", limit, "--RateLimits:PerKey:RefillPerSecond", limit, "--RateLimits:PerTenant:Capacity", limit, "--RateLimits:PerTenant:RefillPerSecond", limit];

    public static async Task RunAsync(Results results)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-");
        try
        {
            var file = Path.Combine(folder.FullName, "crm.db");
            var operatorKey = await ServerProcess.OperatorKeyAsync(file);
            string noisy, quiet;
            using (var product = await ServerProcess.ProductAsync(file, limits))
            {
                (noisy, quiet) = (await ServerProcess.SignUpAsync(product, operatorKey), await ServerProcess.SignUpAsync(product, operatorKey));
                await BesideRequestsAsync(results, product, noisy, quiet);
            }
            await BesideJobsAsync(results, file, quiet);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Alone and beside the other in turns, so that what else the machine does falls on both.
    private static async Task BesideRequestsAsync(Results results, ServerProcess product, string noisy, string quiet)
    {
        var (alone, beside, asked) = (new List<(double Median, double P99)>(), new List<(double Median, double P99)>(), 0);
        await VisitAsync(product, quiet, warm);
        for (var i = 0; i < Rounds; i++)
        {
            alone.Add(await VisitAsync(product, quiet, time));
            using var stop = new CancellationTokenSource();
            var flood = FloodAsync(product, noisy, stop.Token);
            beside.Add(await VisitAsync(product, quiet, time));
            await stop.CancelAsync();
            asked += await flood;
        }
        var timesItsLimit = asked / (Rounds * time.TotalSeconds) / LimitPerSecond;
        Compare(results, "p99 of a tenant beside one far over its limit", alone, beside, $"the other asked {timesItsLimit:0} times its limit");
    }

    private static async Task BesideJobsAsync(Results results, string file, string quiet)
    {
        var (alone, beside, waited) = (new List<(double Median, double P99)>(), new List<(double Median, double P99)>(), 0L);
        for (var i = 0; i < Rounds; i++)
        {
            RemoveJobs(file);
            alone.Add(await StartAndVisitAsync(file, quiet));
            AddJobs(file);
            beside.Add(await StartAndVisitAsync(file, quiet));
            waited = Waiting(file);
        }
        Compare(results, $"p99 of a tenant beside one with {Jobs:#,0} jobs", alone, beside, $"{waited:#,0} jobs still waited at the end of the last round");
    }

    private static async Task<(double Median, double P99)> StartAndVisitAsync(string file, string quiet)
    {
        using var product = await ServerProcess.ProductAsync(file, limits);
        await VisitAsync(product, quiet, warm);
        return await VisitAsync(product, quiet, time);
    }

    private static void Compare(Results results, string work, List<(double Median, double P99)> alone, List<(double Median, double P99)> beside, string also)
    {
        var (p99, p99Alone) = (Results.Median(beside.Select(r => r.P99)), Results.Median(alone.Select(r => r.P99)));
        results.AddAtMost(work, $"{Results.Text(p99)} ms (median {Results.Text(Results.Median(beside.Select(r => r.Median)))}) beside {Results.Text(p99Alone)} ms (median {Results.Text(Results.Median(alone.Select(r => r.Median)))}) alone, medians of {Rounds} rounds; {also}", p99 / p99Alone, 2, "×");
    }

    private static void RemoveJobs(string file)
    {
        using var connection = Open(file);
        connection.Execute("DELETE FROM Jobs WHERE Kind = 'count_segments'");
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

    // Twenty visits a second, each begun when it is due: a slow answer does not slow the visitors.
    private static async Task<(double Median, double P99)> VisitAsync(ServerProcess product, string key, TimeSpan time)
    {
        using var client = product.Client(key);
        var visits = new List<Task<double>>();
        var watch = Stopwatch.StartNew();
        for (var n = 0; watch.Elapsed < time; n++)
        {
            visits.Add(VisitAsync(client, n));
            var due = TimeSpan.FromMilliseconds(50 * (n + 1));
            if (due > watch.Elapsed) await Task.Delay(due - watch.Elapsed);
        }
        var took = (await Task.WhenAll(visits)).Order().ToArray();
        return (Results.Median(took), Results.P99(took));
    }

    private static async Task<double> VisitAsync(HttpClient client, int n)
    {
        var watch = Stopwatch.StartNew();
        var answer = n % 4 == 0 ? await client.PostAsJsonAsync("/v1/customers", new { name = $"Visitor {n}" }) : await client.GetAsync("/v1/customers?limit=10");
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"The quiet tenant heard {(int)answer.StatusCode}.");
        return watch.Elapsed.TotalMilliseconds;
    }

    // Twenty times the limit, by four who each keep to their times, and what is missed is caught up with.
    private static async Task<int> FloodAsync(ServerProcess product, string key, CancellationToken stop)
    {
        const int Senders = 4;
        using var client = product.Client(key);
        var between = TimeSpan.FromSeconds(Senders / (20.0 * LimitPerSecond));
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            var watch = Stopwatch.StartNew();
            for (var n = 1; !stop.IsCancellationRequested; n++)
            {
                var answer = await client.PostAsJsonAsync("/v1/customers", new { name = "Noise" }, CancellationToken.None);
                if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.TooManyRequests)) throw new InvalidOperationException($"The noisy tenant heard {(int)answer.StatusCode}.");
                Interlocked.Increment(ref sent);
                if (between * n > watch.Elapsed) await Task.Delay(between * n - watch.Elapsed, CancellationToken.None);
            }
        }));
        return sent;
    }
}
