using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>
/// How soon a webhook leaves after its change is committed, while a thousand endpoints of fifty other tenants accept and never answer.
/// The receiver is in this process, so both clocks are one.
/// </summary>
internal static class WebhookBenchmark
{
    private const int PerSecond = 200, Others = 50, HangingOfEach = 20;
    private const int MostWarming = 8;
    private static readonly TimeSpan time = TimeSpan.FromSeconds(15), warming = TimeSpan.FromSeconds(5);

    // Production refuses to send to this machine.
    private static readonly string[] settings = ["--environment", "Development", "--Demo:Seed", "false", "--Outbound:AllowInternal", "true", "--Logging:LogLevel:Default", "Error"];

    public static async Task RunAsync(Results results)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-");
        var file = Path.Combine(folder.FullName, "crm.db");
        var operatorKey = await ServerProcess.OperatorKeyAsync(file);
        var arrived = new ConcurrentDictionary<string, long>();
        var hanging = 0;
        await using var receiver = await ReceiverAsync(async http =>
        {
            if (http.Request.Path == "/hang")
            {
                Interlocked.Increment(ref hanging);
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                Interlocked.Decrement(ref hanging);
                return;
            }
            var message = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
            arrived.TryAdd(message.GetProperty("data").GetProperty("id").GetString()!, Stopwatch.GetTimestamp());
        });
        using (var product = await ServerProcess.ProductAsync(file, settings))
        {
            var key = await ServerProcess.SignUpAsync(product, operatorKey);
            using var client = product.Client(key);
            await SubscribeAsync(client, $"{receiver.Urls.Single()}/take");
            await WarmAsync(client, arrived);
            var alone = await SendAsync(client, arrived, time);
            results.Add($"{PerSecond} webhooks/s, nobody else", Text(alone), Results.Text(alone.P99) + " ms p99", "", null);

            for (var tenant = 0; tenant < Others; tenant++) await HangAsync(product, operatorKey, $"{receiver.Urls.Single()}/hang");
            for (var patience = Stopwatch.StartNew(); Volatile.Read(ref hanging) < Others * HangingOfEach * 9 / 10 && patience.Elapsed < TimeSpan.FromSeconds(30);) await Task.Delay(50);
            var most = Volatile.Read(ref hanging);
            var beside = await SendAsync(client, arrived, time);
            results.AddAtMost($"p99 from commit to first attempt at {PerSecond} webhooks/s beside {Others * HangingOfEach:#,0} endpoints that never answer", $"{Text(beside)}; {most} of them hung at the start", beside.P99, 2000, "ms");
            results.AddAtLeast("webhooks that arrived, of those committed", $"{beside.Arrived:#,0} of {beside.Committed:#,0}", (double)beside.Arrived / beside.Committed, 1);
        }
        folder.Delete(recursive: true);
    }

    private static async Task<WebApplication> ReceiverAsync(RequestDelegate take)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(take);
        await app.StartAsync();
        return app;
    }

    private static async Task SubscribeAsync(HttpClient client, string url) =>
        (await client.PostAsJsonAsync("/v1/webhooks", new { url, events = new[] { "customer.created" } })).EnsureSuccessStatusCode();

    private static async Task HangAsync(ServerProcess product, string operatorKey, string url)
    {
        using var client = product.Client(await ServerProcess.SignUpAsync(product, operatorKey));
        for (var i = 0; i < HangingOfEach; i++) await SubscribeAsync(client, url);
        for (var i = 0; i < 5; i++) (await client.PostAsJsonAsync("/v1/customers", new { name = $"Unheard {i}" })).EnsureSuccessStatusCode();
    }

    // Until the runtime compiles no more: a round whose median is hardly better than that of the one before.
    private static async Task WarmAsync(HttpClient client, ConcurrentDictionary<string, long> arrived)
    {
        var before = double.MaxValue;
        for (var round = 0; round < MostWarming; round++)
        {
            var median = (await SendAsync(client, arrived, warming)).Median;
            if (median > before * 0.9) return;
            before = median;
        }
    }

    // A customer every five milliseconds, each begun when it is due; what counts is from the answer, which says that it is committed.
    private static async Task<Sent> SendAsync(HttpClient client, ConcurrentDictionary<string, long> arrived, TimeSpan time)
    {
        var writes = new List<Task<(string Id, long At)>>();
        var watch = Stopwatch.StartNew();
        for (var n = 0; watch.Elapsed < time; n++)
        {
            writes.Add(WriteAsync(client, n));
            var due = TimeSpan.FromSeconds((n + 1d) / PerSecond);
            if (due > watch.Elapsed) await Task.Delay(due - watch.Elapsed);
        }
        var committed = await Task.WhenAll(writes);
        for (var patience = Stopwatch.StartNew(); committed.Any(c => !arrived.ContainsKey(c.Id)) && patience.Elapsed < TimeSpan.FromSeconds(30);) await Task.Delay(50);
        var took = committed.Where(c => arrived.ContainsKey(c.Id)).Select(c => Math.Max(0, Stopwatch.GetElapsedTime(c.At, arrived[c.Id]).TotalMilliseconds)).Order().ToArray();
        return new Sent(committed.Length, took.Length, took.Length / watch.Elapsed.TotalSeconds, Results.Median(took), Results.P99(took));
    }

    private static async Task<(string, long)> WriteAsync(HttpClient client, int n)
    {
        var answer = (await client.PostAsJsonAsync("/v1/customers", new { name = $"Customer {n}" })).EnsureSuccessStatusCode();
        var at = Stopwatch.GetTimestamp();
        return ((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!, at);
    }

    private static string Text(Sent sent) => $"p99 {Results.Text(sent.P99)} ms (median {Results.Text(sent.Median)}) over {sent.Arrived:#,0} at {Results.Text(sent.PerSecond)}/s";

    private sealed record Sent(int Committed, int Arrived, double PerSecond, double Median, double P99);
}
