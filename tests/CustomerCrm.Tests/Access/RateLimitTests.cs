using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CustomerCrm.Tests.Access;

/// <summary>R1 to R3 of the conventions, with a bucket of 20 that gets one request back every two seconds.</summary>
public class RateLimitTests
{
    private AccessHost host = null!;

    [SetUp]
    public async Task StartAsync() => host = await AccessHost.StartAsync(settings: [("RateLimits:PerKey:Capacity", "20"), ("RateLimits:PerKey:RefillPerSecond", "0.5"),
        ("RateLimits:PerTenant:Capacity", "30"), ("RateLimits:PerTenant:RefillPerSecond", "0.5")]);

    [TearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task The_first_request_over_the_quota_is_refused_and_one_after_the_wait_is_not()
    {
        var http = host.With((await host.NewAccountAsync()).Live.Key);
        var statuses = new List<HttpStatusCode>();
        var left = new List<int>();
        for (var i = 0; i < 22; i++)
        {
            var response = await http.GetAsync("/v1/customers");
            statuses.Add(response.StatusCode);
            left.Add(int.Parse(Header(response, "RateLimit").Split(";r=")[1].Split(';')[0], CultureInfo.InvariantCulture));
            Assert.That(Header(response, "RateLimit-Policy"), Is.EqualTo("\"default\";q=20;w=40, \"tenant\";q=30;w=60"));
        }
        var refused = await http.GetAsync("/v1/customers");
        var wait = refused.Headers.RetryAfter!.Delta!.Value;
        host.Clock.Step(wait);
        var after = await http.GetAsync("/v1/customers");

        Assert.That(statuses.Take(20), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(statuses.Skip(20), Is.All.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(left, Is.Ordered.Descending);
        Assert.That(wait, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var problem = await Problem.OfAsync(refused);
        Assert.That(problem.Document.GetProperty("type").GetString(), Is.EqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded"));
        Assert.That(problem.Document.GetProperty("violated-policies").GetRawText(), Is.EqualTo("[\"default\"]"));
    }

    [Test]
    public async Task One_key_at_its_limit_does_not_touch_another()
    {
        var (acme, other) = (await host.NewAccountAsync(), await host.NewAccountAsync());
        await DrainAsync(acme.Live.Key);

        var ofOther = await host.With(other.Live.Key).GetAsync("/v1/customers");
        var ofItsTestKey = await host.With(acme.Test.Key).GetAsync("/v1/customers");

        Assert.That(Header(ofOther, "RateLimit"), Does.StartWith("\"default\";r=19;"));
        Assert.That(Header(ofItsTestKey, "RateLimit"), Does.StartWith("\"default\";r=19;"));
    }

    [Test]
    public async Task Many_keys_of_a_tenant_share_what_it_may_do_and_nobody_else_is_touched()
    {
        var (acme, other) = (await host.NewAccountAsync(), await host.NewAccountAsync());
        var second = await SecondKeyAsync(acme.Live.Key);
        await DrainAsync(acme.Live.Key);

        var left = new List<string>();
        HttpResponseMessage response;
        do
        {
            response = await host.With(second).GetAsync("/v1/customers");
            left.Add(Header(response, "RateLimit"));
        }
        while (response.StatusCode == HttpStatusCode.OK);
        var problem = await Problem.OfAsync(response);
        var ofOther = await host.With(other.Live.Key).GetAsync("/v1/customers");

        Assert.That(left, Has.Count.EqualTo(11)); // 30 less the 20 of the first key, and the one that was refused
        Assert.That(left[0], Does.StartWith("\"tenant\";r=9;"));
        Assert.That(problem.Document.GetProperty("violated-policies").GetRawText(), Is.EqualTo("[\"tenant\"]"));
        Assert.That(response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(ofOther.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task What_a_key_is_refused_does_not_use_up_what_the_others_may_do()
    {
        var acme = await host.NewAccountAsync();
        var second = await SecondKeyAsync(acme.Live.Key);
        await DrainAsync(acme.Live.Key);

        for (var i = 0; i < 50; i++) await host.With(acme.Live.Key).GetAsync("/v1/customers");

        Assert.That((await host.With(second).GetAsync("/v1/customers")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_refused_request_leaves_no_row_and_its_idempotency_key_free()
    {
        var acme = await host.NewAccountAsync();
        await DrainAsync(acme.Live.Key);

        var refused = await CreateAsync(acme.Live.Key);
        host.Clock.Step(TimeSpan.FromMinutes(1));
        var accepted = await CreateAsync(acme.Live.Key);
        var keys = await host.With(acme.Live.Key).GetFromJsonAsync<JsonElement>("/v1/api_keys");

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(accepted.Headers.Contains("Idempotent-Replayed"), Is.False);
        Assert.That(keys.GetProperty("data").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task Changing_a_key_does_not_fill_its_bucket()
    {
        var acme = await host.NewAccountAsync();
        var http = host.With(acme.Live.Key);
        var id = (await http.GetFromJsonAsync<JsonElement>("/v1/api_keys")).GetProperty("data")[0].GetProperty("id").GetString();

        (await http.PatchAsJsonAsync($"/v1/api_keys/{id}", new { name = "Renamed" })).EnsureSuccessStatusCode();
        var next = await http.GetAsync("/v1/customers");

        Assert.That(Header(next, "RateLimit"), Does.StartWith("\"default\";r=17;"));
    }

    [Test]
    public async Task Every_answer_with_a_key_says_what_is_left_errors_too()
    {
        var http = host.With((await host.NewAccountAsync()).Live.Key);

        foreach (var path in new[] { "/v1/customers", "/v1/nothing", "/v1/customers?nope=1" })
            Assert.That((await http.GetAsync(path)).Headers.Contains("RateLimit"), Is.True, path);
    }

    [Test]
    public async Task Switched_off_it_says_nothing()
    {
        await using var free = await AccessHost.StartAsync(settings: [("RateLimits:PerKey:Capacity", "0"), ("RateLimits:PerTenant:Capacity", "0")]);
        var http = free.With((await free.NewAccountAsync()).Live.Key);

        var response = await http.GetAsync("/v1/customers");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.Contains("RateLimit"), Is.False);
    }

    private async Task DrainAsync(string key)
    {
        while ((await host.With(key).GetAsync("/v1/customers")).StatusCode != HttpStatusCode.TooManyRequests) { }
    }

    private async Task<string> SecondKeyAsync(string key)
    {
        var made = await host.With(key).PostAsJsonAsync("/v1/api_keys", new { name = "Second", scopes = new[] { "customers:read" } });
        return (await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    private async Task<HttpResponseMessage> CreateAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/api_keys") { Content = JsonContent.Create(new { name = "Shop", scopes = new[] { "customers:read" } }) };
        request.Headers.Add("Idempotency-Key", "the-one-shop");
        return await host.With(key).SendAsync(request);
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
