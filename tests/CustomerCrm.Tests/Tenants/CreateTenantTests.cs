using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Tenants;

namespace CustomerCrm.Tests.Tenants;

public class CreateTenantTests
{
    [Test]
    public async Task Where_sign_up_is_open_anyone_gets_a_tenant_with_live_and_test_data()
    {
        var created = await CreateAsync(new { name = "Acme", time_zone = "Europe/Vienna", currency = "CHF" });

        var live = await ClientOf(created, "live").GetFromJsonAsync<JsonElement>("/v1/tenant");
        var test = await ClientOf(created, "test").GetFromJsonAsync<JsonElement>("/v1/tenant");

        Assert.That(live.GetProperty("id").GetString(), Is.EqualTo(created.GetProperty("id").GetString()));
        Assert.That(test.GetProperty("id").GetString(), Is.EqualTo(created.GetProperty("id").GetString()));
        Assert.That(live.GetProperty("currency").GetString(), Is.EqualTo("CHF"));
        Assert.That((live.GetProperty("is_test").GetBoolean(), test.GetProperty("is_test").GetBoolean()), Is.EqualTo((false, true)));
        Assert.That(created.GetProperty("are_keys_shown").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Nothing_crosses_between_live_and_test_data()
    {
        var created = await CreateAsync(new { name = "Acme" });
        var (live, test) = (ClientOf(created, "live"), ClientOf(created, "test"));

        await test.PatchAsJsonAsync("/v1/tenant", new { name = "Acme (trial)" });
        var ofTest = await (await test.PostAsJsonAsync("/v1/api_keys", new { name = "Trial", scopes = new[] { "*" } })).Content.ReadFromJsonAsync<JsonElement>();
        var seen = await live.GetAsync($"/v1/api_keys/{ofTest.GetProperty("id").GetString()}");

        Assert.That(ofTest.GetProperty("key").GetString(), Does.StartWith("crm_test_"));
        Assert.That(seen.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await live.GetFromJsonAsync<JsonElement>("/v1/tenant")).GetProperty("name").GetString(), Is.EqualTo("Acme"));
        Assert.That((await live.GetFromJsonAsync<JsonElement>("/v1/api_keys")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await test.GetFromJsonAsync<JsonElement>("/v1/me")).GetProperty("mode").GetString(), Is.EqualTo("test"));
    }

    [Test]
    public async Task A_repeated_request_makes_one_tenant_and_does_not_show_its_keys_again()
    {
        var idempotencyKey = Guid.NewGuid().ToString();

        var first = await SendAsync(TestApi.NewClient(), "Acme", idempotencyKey);
        var second = await SendAsync(TestApi.NewClient(), "Acme", idempotencyKey);

        var (shown, replayed) = (await TestTenant.ReadAsync<JsonElement>(first), await TestTenant.ReadAsync<JsonElement>(second));
        Assert.That(second.Headers.Contains("Idempotent-Replayed"), Is.True);
        Assert.That(replayed.GetProperty("id").GetString(), Is.EqualTo(shown.GetProperty("id").GetString()));
        Assert.That(replayed.GetProperty("are_keys_shown").GetBoolean(), Is.False);
        Assert.That(replayed.GetProperty("live").GetProperty("key").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(replayed.GetProperty("test").GetProperty("key").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task A_bad_key_is_refused_even_where_none_is_needed()
    {
        var http = TestApi.NewClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKeyText.Make(ApiKeyKind.Live));

        var response = await SendAsync(http, "Acme", Guid.NewGuid().ToString());

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task The_operators_key_is_printed_once_and_creates_tenants()
    {
        using var output = new StringWriter();
        await OperatorKeyCommand.RunAsync(TestApi.Services, new(OperatorKeyCommand.Name), output, default);
        var http = TestApi.NewClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", output.ToString().Split('\n')[0].Trim());

        var created = await SendAsync(http, "Acme", Guid.NewGuid().ToString());

        Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await Problem.OfAsync(await http.GetAsync("/v1/me"))).Code, Is.EqualTo("tenant_only"));
        Assert.That((await Problem.OfAsync(await http.GetAsync("/v1/tenant"))).Code, Is.EqualTo("scope_missing"));
    }

    [Test]
    public async Task Many_at_once_get_tenants_of_their_own()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CreateAsync(new { name = "Acme" })));

        var names = await Task.WhenAll(created.Select(async (tenant, i) =>
        {
            var http = ClientOf(tenant, "live");
            await http.PatchAsJsonAsync("/v1/tenant", new { name = $"Acme {i}" });
            return (await http.GetFromJsonAsync<JsonElement>("/v1/tenant")).GetProperty("name").GetString();
        }));

        Assert.That(names, Is.Unique);
        Assert.That(created.Select(t => t.GetProperty("id").GetString()), Is.Unique);
    }

    [TestCase("Production", null, SignupMode.Closed, false)]
    [TestCase("Staging", null, SignupMode.Closed, false)]
    [TestCase("Development", null, SignupMode.Open, true)]
    [TestCase("Development", SignupMode.Invite, SignupMode.Invite, false)]
    [TestCase("Production", SignupMode.Open, SignupMode.Open, false)]
    public void Only_in_Development_is_a_tenant_made_without_a_key_or_a_letter(string environment, SignupMode? said, SignupMode mode, bool needsNoLetter)
    {
        var options = new SignupOptions { Mode = said };

        Assert.That((options.ModeIn(new Environment(environment)), options.NeedsNoLetter(new Environment(environment))), Is.EqualTo((mode, needsNoLetter)));
    }

    private static async Task<JsonElement> CreateAsync(object body) =>
        await TestTenant.ReadAsync<JsonElement>(await TestApi.NewClient().PostAsJsonAsync("/v1/tenants", body));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string name, string idempotencyKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/tenants") { Content = JsonContent.Create(new { name }) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await http.SendAsync(request);
    }

    private static HttpClient ClientOf(JsonElement created, string dataSet)
    {
        var http = TestApi.NewClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", created.GetProperty(dataSet).GetProperty("key").GetString());
        return http;
    }

    private sealed class Environment(string name) : Microsoft.Extensions.Hosting.IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
