using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Json;
using CustomerCrm.Track;

namespace CustomerCrm.Tests.ApiKeys;

/// <summary>A key that everyone can read in a page: what it can do, from where, and how pages of other origins are told.</summary>
public class PublishableKeyTests
{
    private const string Shop = "https://shop.example.com", Elsewhere = "https://evil.example";
    private TestTenant acme = null!;

    [SetUp]
    public async Task StartAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task It_tracks_visitors_from_its_own_pages()
    {
        var key = await KeyAsync();

        var tracked = await TrackAsync(key, Shop, new { name = "page_viewed", anonymous_id = "v-1" });
        var receipt = await TestTenant.ReadAsync<TrackEvent.Receipt>(tracked);
        var shown = await acme.GetAsync<TrackedEvent>($"/v1/track/{receipt.Id}");

        Assert.That(key, Does.StartWith("crm_pub_live_"));
        Assert.That(tracked.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { Shop }));
        Assert.That(tracked.Headers.Contains("Access-Control-Allow-Credentials"), Is.False);
        Assert.That((shown.Origin, shown.AnonymousId), Is.EqualTo((TrackOrigin.Browser, "v-1")));
    }

    [TestCase(Elsewhere)]
    [TestCase("http://shop.example.com")]
    [TestCase("https://shop.example.com.evil.example")]
    [TestCase("null")]
    [TestCase(null)]
    public async Task From_anywhere_else_it_does_nothing(string? origin)
    {
        var refused = await TrackAsync(await KeyAsync(), origin, new { name = "page_viewed", anonymous_id = "v-1" });

        Assert.That(((await Problem.OfAsync(refused)).Code, refused.StatusCode), Is.EqualTo(("origin_not_allowed", HttpStatusCode.Forbidden)));
        Assert.That(refused.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
        Assert.That((await acme.GetAsync<JsonElement>("/v1/track")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task It_cannot_say_whose_an_event_is_nor_learn_it()
    {
        var key = await KeyAsync();
        var ada = await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada", email = "ada@example.com" });
        await acme.CreateAsync<object>("/v1/track/identify", new { anonymous_id = "v-1", customer_id = ada.GetProperty("id").GetString() });

        var byId = await TrackAsync(key, Shop, new { name = "a", customer_id = ada.GetProperty("id").GetString() });
        var byEmail = await TrackAsync(key, Shop, new { name = "a", anonymous_id = "v-1", customer = new { email = "ada@example.com" } });
        var own = await TrackAsync(key, Shop, new { name = "a", anonymous_id = "v-1" });

        Assert.That(((await Problem.OfAsync(byId)).Code, (await Problem.OfAsync(byEmail)).Code), Is.EqualTo(("customer_not_allowed", "customer_not_allowed")));
        Assert.That(byId.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { Shop }), "the page may read what it did wrong");
        Assert.That(await own.Content.ReadAsStringAsync(), Does.Not.Contain("cus_").And.Not.Contain("customer"));
    }

    [Test]
    public async Task It_cannot_block_a_unique_id_that_a_program_will_use()
    {
        await TrackAsync(await KeyAsync(), Shop, new { name = "guessed", anonymous_id = "v-1", unique_id = "order-1" });

        var told = await acme.CreateAsync<TrackEvent.Receipt>("/v1/track", new { name = "order_paid", anonymous_id = "v-1", unique_id = "order-1" });

        Assert.That(told.IsDuplicate, Is.False);
    }

    [Test]
    public async Task It_has_origins_and_only_the_scopes_of_pages()
    {
        var scopes = await Problem.OfAsync(await CreateAsync(new { name = "Page", use = "publishable", scopes = new[] { "track:write", "customers:read", "*" }, origins = new[] { Shop } }));
        var nowhere = await Problem.OfAsync(await CreateAsync(new { name = "Page", use = "publishable", scopes = new[] { "track:write" } }));
        var odd = await Problem.OfAsync(await CreateAsync(new { name = "Page", use = "publishable", scopes = new[] { "track:write" }, origins = new[] { Shop + "/", "*" } }));
        var secret = await Problem.OfAsync(await CreateAsync(new { name = "Till", scopes = new[] { "track:write" }, origins = new[] { Shop } }));

        Assert.That(scopes.Pointers, Is.EqualTo(new[] { "/scopes/1", "/scopes/2" }));
        Assert.That((nowhere.Pointers[0], odd.Pointers[0], secret.Pointers[0]), Is.EqualTo(("/origins", "/origins/0", "/origins")));
    }

    [Test]
    public async Task Its_origins_can_be_changed_and_hold_at_once()
    {
        var created = await TestTenant.ReadAsync<JsonElement>(await CreateAsync(new { name = "Page", use = "publishable", scopes = new[] { "track:write" }, origins = new[] { Shop } }));
        var key = created.GetProperty("key").GetString()!;
        await TrackAsync(key, Shop, new { name = "a", anonymous_id = "v" });

        await acme.Http.PatchAsJsonAsync($"/v1/api_keys/{created.GetProperty("id").GetString()}", new { origins = new[] { "https://new.example.com" } });

        Assert.That((await TrackAsync(key, Shop, new { name = "a", anonymous_id = "v" })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await TrackAsync(key, "https://new.example.com", new { name = "a", anonymous_id = "v" })).StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_preflight_is_answered_alike_for_everyone()
    {
        var answers = new HashSet<string>();

        foreach (var (origin, path) in new[] { (Shop, "/v1/track"), (Elsewhere, "/v1/track"), (Elsewhere, "/v1/customers"), ("null", "/v1/nothing") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
            var response = await TestApi.NewClient().SendAsync(request);
            answers.Add($"{(int)response.StatusCode} {response.Headers} {await response.Content.ReadAsStringAsync()}");
        }

        Assert.That(answers.Single(), Does.StartWith("204").And.Contain("Access-Control-Allow-Origin: *").And.Contain("Authorization").And.Not.Contain("Credentials"));
    }

    [Test]
    public async Task A_secret_key_works_in_pages_of_the_tenants_origins_alone()
    {
        Task<HttpResponseMessage> FromAsync(string origin) => SendAsync(acme.Account.Live.Key, origin, HttpMethod.Get, "/v1/tenant", null);
        var before = await FromAsync(Shop);

        await acme.Http.PatchAsJsonAsync("/v1/tenant", new { allowed_origins = new[] { Shop } });
        await Problem.OfAsync(before);
        TestApi.ForgetKey(acme.Account.Live.KeyId);
        var after = await FromAsync(Shop);
        var elsewhere = await FromAsync(Elsewhere);
        var docs = await FromAsync("http://localhost");

        Assert.That((before.StatusCode, after.StatusCode, elsewhere.StatusCode), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.Forbidden)));
        Assert.That(after.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { Shop }));
        Assert.That((docs.StatusCode, docs.Headers.Contains("Access-Control-Allow-Origin")), Is.EqualTo((HttpStatusCode.OK, false)), "the API's own pages are of its own origin");
    }

    [Test]
    public async Task That_a_credential_is_not_valid_any_page_may_read()
    {
        var refused = await SendAsync("crm_live_nonsense", Elsewhere, HttpMethod.Get, "/v1/me", null);

        Assert.That((refused.StatusCode, refused.Headers.GetValues("Access-Control-Allow-Origin").Single()), Is.EqualTo((HttpStatusCode.Unauthorized, "*")));
    }

    private async Task<string> KeyAsync() =>
        (await TestTenant.ReadAsync<JsonElement>(await CreateAsync(new { name = "Page", use = "publishable", scopes = new[] { "track:write" }, origins = new[] { Shop } }))).GetProperty("key").GetString()!;

    private Task<HttpResponseMessage> CreateAsync(object body) => acme.Http.PostAsJsonAsync("/v1/api_keys", body);

    private static Task<HttpResponseMessage> TrackAsync(string key, string? origin, object body) => SendAsync(key, origin, HttpMethod.Post, "/v1/track", body);

    private static async Task<HttpResponseMessage> SendAsync(string key, string? origin, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (body is not null) request.Content = JsonContent.Create(body, options: StrictJson.Options);
        return await TestApi.NewClient().SendAsync(request);
    }
}
