using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Access;

/// <summary>A publishable key is everyone's: each address has a bucket of its own beside the key's.</summary>
public class VisitorLimitTests
{
    private AccessHost host = null!;
    private string key = null!;

    [SetUp]
    public async Task StartAsync()
    {
        host = await AccessHost.StartAsync(settings: [("RateLimits:PerVisitor:Capacity", "5"), ("RateLimits:PerVisitor:RefillPerSecond", "0.5"),
            ("RateLimits:PerKey:Capacity", "12"), ("RateLimits:PerKey:RefillPerSecond", "0.5")]);
        var made = await host.With((await host.NewAccountAsync()).Live.Key).PostAsJsonAsync("/v1/api_keys",
            new { name = "Page", use = "publishable", scopes = new[] { "track:write" }, origins = new[] { "https://shop.example.com" } });
        key = (await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    [TearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task One_visitor_at_its_limit_leaves_the_others_theirs()
    {
        var flood = await ManyAsync("203.0.113.7", 50);
        var other = await TrackAsync("203.0.113.8");

        Assert.That(flood.Count(r => r.StatusCode == HttpStatusCode.OK), Is.EqualTo(5));
        Assert.That((await Problem.OfAsync(flood[^1])).Document.GetProperty("violated-policies").GetRawText(), Is.EqualTo("[\"visitor\"]"));
        Assert.That(flood[^1].Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(other.Headers.GetValues("RateLimit-Policy").Single(), Is.EqualTo("\"visitor\";q=5;w=10, \"default\";q=12;w=24"));
        Assert.That(other.Headers.GetValues("RateLimit").Single(), Does.StartWith("\"visitor\";r=4;"));
    }

    [Test]
    public async Task All_visitors_together_have_what_the_key_has()
    {
        await ManyAsync("203.0.113.7", 5);
        await ManyAsync("203.0.113.8", 5);
        var last = await ManyAsync("203.0.113.9", 3);

        Assert.That(last.Select(r => r.StatusCode), Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests }));
        Assert.That((await Problem.OfAsync(last[2])).Document.GetProperty("violated-policies").GetRawText(), Is.EqualTo("[\"default\"]"));
    }

    private async Task<List<HttpResponseMessage>> ManyAsync(string address, int times)
    {
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < times; i++) answers.Add(await TrackAsync(address));
        return answers;
    }

    private async Task<HttpResponseMessage> TrackAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/track") { Headers = { { "Origin", "https://shop.example.com" }, { CallerAddress.Header, address } } };
        return await host.With(key).SendAsync(request);
    }
}
