using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Benchmarks.Http;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Scale;

/// <summary>"Three orders or more in the last 90 days, and more than 500 in all", asked as a segment and asked by hand.</summary>
internal static class SegmentBenchmark
{
    private static readonly object rule = new
    {
        all = new object[]
        {
            new { orders = new { within_days = 90, count = new { gte = 3 } } },
            new { field = "spend_minor", op = "gt", value = 50_000 },
        },
    };

    // The best we know to write: the rollup leaves few whose orders must be looked at.
    private const string ByHand = """
        SELECT COUNT(*)
        FROM CustomerFigures f
        WHERE f.TenantId = @tenant AND f.SpendMinor > 50000 AND f.OrderCount >= 3 AND f.LastOrderAt >= @since
          AND (SELECT COUNT(*) FROM Orders o WHERE o.TenantId = f.TenantId AND o.CustomerId = f.CustomerId AND o.IsCounted = 1 AND o.PlacedAt >= @since) >= 3
        """;

    public static async Task RunAsync(Results results, ServerProcess product, string key, string file, int tenantId, int customers)
    {
        using var client = product.Client(key);
        var (asSegment, byHand) = (new List<double>(), new List<double>());
        var (size, sizeByHand) = (0L, 0L);
        for (var i = 0; i < 4; i++)
        {
            var watch = Stopwatch.StartNew();
            var preview = await PostAsync(client, "/v1/segments/preview", new { rule });
            if (i > 0) asSegment.Add(watch.Elapsed.TotalSeconds);
            if (!preview.GetProperty("is_complete").GetBoolean()) throw new InvalidOperationException("The preview did not see all customers.");
            size = preview.GetProperty("size").GetInt64();

            watch.Restart();
            sizeByHand = CountByHand(file, tenantId);
            if (i > 0) byHand.Add(watch.Elapsed.TotalSeconds);
        }
        if (Math.Abs(size - sizeByHand) > 20) throw new InvalidOperationException($"The segment has {size}, by hand it is {sizeByHand}."); // a second passes between the two
        var (ours, best) = (Results.Median(asSegment), Results.Median(byHand));
        results.AddAtMost($"segment over {customers:#,0} customers and {customers * ManyOrders.OfEach:#,0} orders, counted", $"{Results.Text(ours)} s beside {Results.Text(best)} s by hand, {size.ToString("#,0", CultureInfo.InvariantCulture)} match", ours / best, 2, "×");

        await MembershipAsync(results, client, customers);
    }

    private static async Task MembershipAsync(Results results, HttpClient client, int customers)
    {
        var segment = (await PostAsync(client, "/v1/segments", new { name = "Good ones", kind = "dynamic", rule })).GetProperty("id").GetString();
        while ((await client.GetFromJsonAsync<JsonElement>($"/v1/segments/{segment}")).GetProperty("status").GetString() == "building") await Task.Delay(500);

        var checks = new List<double>();
        for (var i = 0; i < 600; i++)
        {
            var watch = Stopwatch.StartNew();
            (await client.GetAsync($"/v1/segments/{segment}/members/{FilledProduct.Id(i * 997 % customers)}/explanation")).EnsureSuccessStatusCode();
            if (i >= 200) checks.Add(watch.Elapsed.TotalMilliseconds);
        }
        results.AddAtMost("one membership checked and explained", $"median of {checks.Count}, one client, over HTTP: in process it is less", Results.Median(checks), 0.5, "ms");

        var seconds = new List<double>();
        for (var i = 0; i < 5; i++) seconds.Add(await SecondsUntilMemberAsync(client, segment!, i));
        results.AddAtMost("an order changes a segment: until it is seen there", "the longest of 5", seconds.Max(), 2, "s");
    }

    private static async Task<double> SecondsUntilMemberAsync(HttpClient client, string segment, int number)
    {
        var customer = (await PostAsync(client, "/v1/customers", new { name = "Late Buyer", email = $"late{number}@example.com" })).GetProperty("id").GetString();
        for (var i = 0; i < 3; i++)
            await PostAsync(client, "/v1/orders", new { customer_id = customer, placed_at = TimeProvider.System.GetUtcNow().AddMinutes(-i - 1), currency = "EUR", lines = new[] { new { name = "Chair", quantity = 1, unit_price_minor = 20_000 } } });
        var watch = Stopwatch.StartNew();
        while (!(await client.GetStringAsync($"/v1/customers/{customer}/segments")).Contains(segment, StringComparison.Ordinal))
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(60)) break;
            await Task.Delay(20);
        }
        return watch.Elapsed.TotalSeconds;
    }

    private static long CountByHand(string file, int tenantId)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        connection.Open();
        return connection.ExecuteScalar<long>(ByHand, new { tenant = tenantId, since = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-90) });
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        var answer = await client.PostAsJsonAsync(path, body);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
