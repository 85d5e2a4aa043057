using System.Diagnostics;
using System.Net.Http.Json;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>How long a tenant's people wait, in milliseconds: lists, and every fourth time a customer is created.</summary>
internal sealed record Visits(double Median, double P99)
{
    /// <summary>Twenty visits a second, each begun when it is due: a slow answer does not slow the visitors.</summary>
    public static async Task<Visits> PayAsync(ServerProcess product, string key, TimeSpan time)
    {
        using var client = product.Client(key);
        var visits = new List<Task<double>>();
        var watch = Stopwatch.StartNew();
        for (var n = 0; watch.Elapsed < time; n++)
        {
            visits.Add(PayOneAsync(client, n));
            var due = TimeSpan.FromMilliseconds(50 * (n + 1));
            if (due > watch.Elapsed) await Task.Delay(due - watch.Elapsed);
        }
        var took = (await Task.WhenAll(visits)).Order().ToArray();
        return new Visits(Results.Median(took), Results.P99(took));
    }

    public override string ToString() => $"{Results.Text(P99)} ms (median {Results.Text(Median)})";

    private static async Task<double> PayOneAsync(HttpClient client, int n)
    {
        var watch = Stopwatch.StartNew();
        var answer = n % 4 == 0 ? await client.PostAsJsonAsync("/v1/customers", new { name = $"Visitor {n}" }) : await client.GetAsync("/v1/customers?limit=10");
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"The quiet tenant heard {(int)answer.StatusCode}.");
        return watch.Elapsed.TotalMilliseconds;
    }
}
