using System.Diagnostics;
using CustomerCrm.Benchmarks.Http;

namespace CustomerCrm.Benchmarks.Scale;

/// <summary>Lists, filters and searches as an owner asks them: one client, warm. What is common among the customers and what is rare, both.</summary>
internal static class QueryBenchmark
{
    private const int Times = 200;

    private static readonly (string Name, Func<int, string> Path)[] queries =
    [
        ("customers, newest first", _ => "/v1/customers?limit=50"),
        ("customers by name", _ => "/v1/customers?limit=50&sort=name"),
        ("customers of best value", _ => "/v1/customers?limit=50&sort=-cltv"),
        ("customers last seen, of a common country", _ => $"/v1/customers?limit=50&sort=-last_seen_at&filter[country][eq]={ManyCustomers.CommonCountry}"),
        ("customers by name, of a rare country", _ => $"/v1/customers?limit=50&sort=name&filter[country][eq]={ManyCustomers.RareCountry}"),
        ("customers of best value, of a rare language", _ => "/v1/customers?limit=50&sort=-cltv&filter[language][eq]=de-LI"),
        ("customers with a common tag, of best value", _ => $"/v1/customers?limit=50&sort=-cltv&filter[tag][eq]={ManyCustomers.CommonTag}"),
        ("customers with a rare tag, by name", _ => $"/v1/customers?limit=50&sort=name&filter[tag][eq]={ManyCustomers.RareTag}"),
        ("customer by e-mail", n => $"/v1/customers?filter[email][eq]={ManyCustomers.Email(n)}"),
        ("customers whose name begins so", n => $"/v1/customers?limit=50&sort=name&filter[name][starts_with]={ManyCustomers.FirstName(n)}%20{ManyCustomers.LastName(n)[..3]}"),
        ("search a first name (50,000 have it)", n => $"/v1/customers?q={ManyCustomers.FirstName(n)}"),
        ("search a whole name", n => $"/v1/customers?q={ManyCustomers.FirstName(n)}%20{ManyCustomers.LastName(n)}"),
        ("search the start of an address", n => $"/v1/customers?q={ManyCustomers.Email(n).Split('@')[0]}"),
        ("search a phone number", n => $"/v1/customers?q={Uri.EscapeDataString(ManyCustomers.Phone(n))}"),
        ("search everything for a name", n => $"/v1/search?q={ManyCustomers.FirstName(n)}%20{ManyCustomers.LastName(n)}"),
        ("a customer's orders", n => $"/v1/orders?filter[customer_id][eq]={FilledProduct.Id(n)}"),
        ("orders placed in a month", _ => $"/v1/orders?limit=50&sort=placed_at&filter[placed_at][gte]={DaysAgo(60)}&filter[placed_at][lt]={DaysAgo(30)}"),
        ("orders of most spend", _ => "/v1/orders?limit=50&sort=-spend"),
        ("order by its number", n => $"/v1/orders?filter[order_number][eq]=O-{n * 10}"),
        ("a customer's timeline", n => $"/v1/customers/{FilledProduct.Id(n)}/timeline?limit=50"),
        ("a customer's 360 view", n => $"/v1/customers/{FilledProduct.Id(n)}/360"),
    ];

    public static async Task RunAsync(Results results, ServerProcess product, string key, int customers)
    {
        using var client = product.Client(key);
        foreach (var (name, path) in queries)
        {
            var random = new Random(7);
            var took = new List<double>();
            for (var i = -20; i < Times; i++)
            {
                var watch = Stopwatch.StartNew();
                var answer = await client.GetAsync(path(random.Next(customers)));
                var body = await answer.Content.ReadAsStringAsync();
                if (i >= 0) took.Add(watch.Elapsed.TotalMilliseconds);
                if (!answer.IsSuccessStatusCode || body.Contains("\"data\":[]", StringComparison.Ordinal)) throw new InvalidOperationException($"{name} {path(0)}: {body}");
            }
            took.Sort();
            results.AddAtMost($"{name}: p99", $"median {Results.Text(Results.Median(took))} ms, among {customers:#,0}", Results.P99(took), 100, "ms");
        }
    }

    private static string DaysAgo(int days) => TimeProvider.System.GetUtcNow().AddDays(-days).ToString("yyyy-MM-dd'T00:00:00Z'", System.Globalization.CultureInfo.InvariantCulture);
}
