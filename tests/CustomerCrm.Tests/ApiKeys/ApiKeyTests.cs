using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Users;

namespace CustomerCrm.Tests.ApiKeys;

public class ApiKeyTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_key_is_shown_once_and_then_only_hinted_at()
    {
        var created = await CreateAsync("tenant:read");
        var text = created.GetProperty("key").GetString()!;
        var id = created.GetProperty("id").GetString();

        var shown = await acme.Http.GetStringAsync($"/v1/api_keys/{id}");
        var listed = await acme.Http.GetStringAsync("/v1/api_keys");

        Assert.That(text, Does.Match("^crm_live_[0-9A-Za-z]{36}$"));
        Assert.That(created.GetProperty("is_key_shown").GetBoolean(), Is.True);
        Assert.That(shown, Does.Not.Contain(text).And.Contains($"{text[..11]}…{text[^4..]}"));
        Assert.That(listed, Does.Not.Contain(text).And.Contains(id));
    }

    [Test]
    public async Task A_repeated_request_makes_one_key_and_does_not_show_it_again()
    {
        var first = await SendAsync("create-1");
        var second = await SendAsync("create-1");

        var (shown, replayed) = (await ReadAsync(first), await ReadAsync(second));
        Assert.That(second.Headers.GetValues("Idempotent-Replayed"), Is.EqualTo(new[] { "true" }));
        Assert.That(replayed.GetProperty("id").GetString(), Is.EqualTo(shown.GetProperty("id").GetString()));
        Assert.That(replayed.GetProperty("key").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(replayed.GetProperty("is_key_shown").GetBoolean(), Is.False);
    }

    [Test]
    public async Task A_key_can_be_given_each_scope_that_there_is_by_name()
    {
        string[] all = [.. RoleTable.Least.Keys];

        var created = await CreateAsync(all);

        Assert.That(created.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()), Is.EquivalentTo(all));
    }

    [Test]
    public async Task A_key_does_what_its_scopes_say_and_no_more()
    {
        using var http = ClientOf(await CreateAsync("tenant:read"));

        var read = await http.GetAsync("/v1/tenant");
        var write = await http.PatchAsJsonAsync("/v1/tenant", new { name = "Mine" });

        var problem = await Problem.OfAsync(write);
        Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.Forbidden, "scope_missing")));
        Assert.That(problem.Document.GetProperty("detail").GetString(), Does.Contain("tenant:write"));
        Assert.That(write.Headers.WwwAuthenticate.ToString(), Does.Contain("insufficient_scope"));
    }

    [Test]
    public async Task To_write_is_not_to_read()
    {
        using var http = ClientOf(await CreateAsync("tenant:write"));

        Assert.That((await http.GetAsync("/v1/tenant")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await http.PatchAsJsonAsync("/v1/tenant", new { name = "Mine" })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_key_cannot_give_what_it_does_not_have()
    {
        using var http = ClientOf(await CreateAsync("api_keys:write", "tenant:read"));

        var more = await http.PostAsJsonAsync("/v1/api_keys", new { name = "More", scopes = new[] { "tenant:write" } });
        var all = await http.PostAsJsonAsync("/v1/api_keys", new { name = "All", scopes = new[] { "*" } });
        var less = await http.PostAsJsonAsync("/v1/api_keys", new { name = "Less", scopes = new[] { "tenant:read" } });

        Assert.That((await Problem.OfAsync(more)).Code, Is.EqualTo("scope_not_held"));
        Assert.That((await Problem.OfAsync(all)).Code, Is.EqualTo("scope_not_held"));
        Assert.That(less.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_key_cannot_raise_itself()
    {
        var created = await CreateAsync("api_keys:write");
        using var http = ClientOf(created);

        var response = await http.PatchAsJsonAsync($"/v1/api_keys/{created.GetProperty("id").GetString()}", new { scopes = new[] { "api_keys:write", "tenant:write" } });

        Assert.That((await Problem.OfAsync(response)).Code, Is.EqualTo("scope_not_held"));
    }

    [Test]
    public async Task A_scope_that_no_route_needs_is_refused_by_name()
    {
        var response = await acme.Http.PostAsJsonAsync("/v1/api_keys", new { name = "Shop", scopes = new[] { "tenant:read", "moon:read" } });

        var problem = await Problem.OfAsync(response);
        Assert.That((int)problem.Status, Is.EqualTo(422));
        Assert.That(problem.Pointers, Is.EqualTo(new[] { "/scopes/1" }));
    }

    [Test]
    public async Task An_end_in_the_past_is_refused()
    {
        var response = await acme.Http.PostAsJsonAsync("/v1/api_keys", new { name = "Shop", scopes = new[] { "*" }, expires_at = TestApi.Clock.GetUtcNow() });

        Assert.That((await Problem.OfAsync(response)).Pointers, Is.EqualTo(new[] { "/expires_at" }));
    }

    [Test]
    public async Task A_revoked_key_is_refused_and_gone()
    {
        var created = await CreateAsync("*");
        using var http = ClientOf(created);
        var path = $"/v1/api_keys/{created.GetProperty("id").GetString()}";
        Assert.That((await http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var revoked = await acme.Http.DeleteAsync(path);

        Assert.That(revoked.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await http.GetAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await acme.Http.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await acme.Http.DeleteAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_last_key_for_everything_stays_until_there_is_another_or_an_owner()
    {
        var path = $"/v1/api_keys/{new Id<CustomerCrm.ApiKeys.ApiKey>(acme.Account.Live.KeyId)}";
        await CreateAsync("api_keys:write", "tenant:read");

        var refused = await Problem.OfAsync(await acme.Http.DeleteAsync(path));
        var narrowed = await Problem.OfAsync(await acme.Http.PatchAsJsonAsync(path, new { scopes = new[] { "tenant:read" } }));
        var ended = await Problem.OfAsync(await acme.Http.PatchAsJsonAsync(path, new { expires_at = TestApi.Clock.GetUtcNow().AddDays(1) }));
        var renamed = await acme.Http.PatchAsJsonAsync(path, new { name = "Root" });
        await acme.UserAsync(CustomerCrm.Platform.People.Role.Owner);
        var revoked = await acme.Http.DeleteAsync(path);

        Assert.That((refused.Code, narrowed.Code, ended.Code), Is.EqualTo(("last_full_key", "last_full_key", "last_full_key")));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((renamed.StatusCode, revoked.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NoContent)));
    }

    [Test]
    public async Task Another_tenants_key_is_not_found()
    {
        var stranger = await TestTenant.NewAsync();
        var path = $"/v1/api_keys/{(await CreateAsync("*")).GetProperty("id").GetString()}";

        Assert.That((await stranger.Http.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.Http.PatchAsJsonAsync(path, new { name = "Mine" })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.Http.DeleteAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_fifty_first_key_is_refused_until_one_is_revoked()
    {
        var last = default(JsonElement);
        for (var i = 1; i < 50; i++) last = await CreateAsync("tenant:read");

        var over = await acme.Http.PostAsJsonAsync("/v1/api_keys", new { name = "Shop", scopes = new[] { "*" } });
        await acme.Http.DeleteAsync($"/v1/api_keys/{last.GetProperty("id").GetString()}");
        var again = await acme.Http.PostAsJsonAsync("/v1/api_keys", new { name = "Shop", scopes = new[] { "*" } });

        Assert.That((await Problem.OfAsync(over)).Code, Is.EqualTo("too_many_api_keys"));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_keys_text_is_nowhere_in_the_database()
    {
        if (TestApi.IsSqlServer) Assert.Ignore("Reads the database file.");
        var text = (await ReadAsync(await SendAsync("create-hidden"))).GetProperty("key").GetString()!;

        var files = Directory.GetFiles(Path.GetDirectoryName(TestApi.DatabaseFile)!, Path.GetFileName(TestApi.DatabaseFile) + "*");
        var holdsHint = false;
        foreach (var file in files.Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory);
            var bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
            Assert.That(bytes.IndexOf(Encoding.ASCII.GetBytes(text[9..])), Is.Negative, file);
            Assert.That(bytes.IndexOf(Encoding.Unicode.GetBytes(text[9..])), Is.Negative, file);
            holdsHint |= bytes.IndexOf(Encoding.UTF8.GetBytes($"{text[..11]}…{text[^4..]}")) >= 0;
        }

        Assert.That(holdsHint, Is.True, "These are the files that the key's row is in.");
    }

    private async Task<JsonElement> CreateAsync(params string[] scopes) =>
        await acme.CreateAsync<JsonElement>("/v1/api_keys", new { name = "Shop", scopes });

    private async Task<HttpResponseMessage> SendAsync(string idempotencyKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/api_keys") { Content = JsonContent.Create(new { name = "Shop", scopes = new[] { "*" } }) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await acme.Http.SendAsync(request);
    }

    private static Task<JsonElement> ReadAsync(HttpResponseMessage response) => TestTenant.ReadAsync<JsonElement>(response);

    private static HttpClient ClientOf(JsonElement created)
    {
        var http = TestApi.NewClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", created.GetProperty("key").GetString());
        return http;
    }
}
