using System.Diagnostics;
using CustomerCrm.Benchmarks.Http;

namespace CustomerCrm.Benchmarks.Scale;

/// <summary>Lists, filters and searches as an owner asks them, of a million customers: one client, warm.</summary>
internal static class QueryBenchmark
{
    private const int Times = 200;

    private static readonly (string Name, Func<int, string> Path)[] queries =
    [
        ("customers, newest first", _ => "/v1/customers?limit=50"),
        ("customers by name", _ => "/v1/customers?limit=50&sort=name"),
        ("customers last seen", _ => "/v1/customers?limit=50&sort=-last_seen_at"),
        ("customers of best value", _ => "/v1/customers?limit=50&sort=-cltv"),
        ("customers changed since", _ => "/v1/customers?limit=50&sort=updated_at&filter[updated_at][gte]=2026-01-01T00:00:00Z"),
        ("customer by e-mail", n => $"/v1/customers?filter[email][eq]=ada{n}@example.com"),
        ("customer by phone", n => $"/v1/customers?filter[phone][eq]=%2B1{2_000_000_000 + n}"),
        ("search a name", _ => "/v1/customers?q=byron"),
        ("search a name and a number", n => $"/v1/customers?q=byron%20{n}"),
        ("search an e-mail address", n => $"/v1/customers?q=ada{n}@example.com"),
        ("search the start of an address", n => $"/v1/customers?q=ada{n / 10}"),
        ("search a phone number", n => $"/v1/customers?q=%2B1{2_000_000_000 + n}"),
        ("a customer's orders", n => $"/v1/orders?filter[customer_id][eq]={Pair.ProductId(n)}"),
        ("orders, latest first", _ => "/v1/orders?limit=50"),
        ("orders of most spend", _ => "/v1/orders?limit=50&sort=-spend_minor"),
        ("orders placed in a month", _ => "/v1/orders?limit=50&sort=placed_at&filter[placed_at][gte]=2026-03-01T00:00:00Z&filter[placed_at][lt]=2026-04-01T00:00:00Z"),
        ("order by its number", n => $"/v1/orders?filter[order_number][eq]=O-{n * 10}"),
        ("a customer's timeline", n => $"/v1/customers/{Pair.ProductId(n)}/timeline?limit=50"),
        ("a customer's 360 view", n => $"/v1/customers/{Pair.ProductId(n)}/360"),
        ("a customer's identities", n => $"/v1/customers/{Pair.ProductId(n)}/identities"),
    ];

    public static async Task RunAsync(Results results, ServerProcess product, string key)
    {
        using var client = product.Client(key);
        foreach (var (name, path) in queries)
        {
            var random = new Random(7);
            var took = new List<double>();
            for (var i = -20; i < Times; i++)
            {
                var watch = Stopwatch.StartNew();
                var answer = await client.GetAsync(path(random.Next(BigShop.Customers)));
                await answer.Content.ReadAsByteArrayAsync();
                if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{name}: {await answer.Content.ReadAsStringAsync()}");
                if (i >= 0) took.Add(watch.Elapsed.TotalMilliseconds);
            }
            took.Sort();
            results.AddAtMost($"{name}, among 1,000,000: p99", $"median {Results.Text(Results.Median(took))} ms", took[Times * 99 / 100], 100, "ms");
        }
    }
}
