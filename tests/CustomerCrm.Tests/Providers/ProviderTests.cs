using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Tests.Contract;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Providers;

public class ProviderTests
{
    [Test]
    public async Task A_secret_is_in_no_answer_event_replay_or_table()
    {
        var (tenant, secret) = (await TestTenant.NewAsync(), $"SG.{Guid.NewGuid():N}");
        var all = new List<string>();

        var created = await SendAsync(tenant, HttpMethod.Post, "/v1/providers", new { kind = "sendgrid", from = "shop@example.com", api_key = secret }, "once");
        var id = (await TestTenant.ReadAsync<JsonElement>(created)).GetProperty("id").GetString();
        all.Add(await created.Content.ReadAsStringAsync());
        all.Add(await (await SendAsync(tenant, HttpMethod.Post, "/v1/providers", new { kind = "sendgrid", from = "shop@example.com", api_key = secret }, "once")).Content.ReadAsStringAsync());
        all.Add(await (await SendAsync(tenant, HttpMethod.Patch, $"/v1/providers/{id}", new { api_key = secret + "x", from_name = "Tea" }, "twice")).Content.ReadAsStringAsync());
        foreach (var path in new[] { "/v1/providers", $"/v1/providers/{id}", $"/v1/providers/{id}/callbacks", "/v1/events", "/v1/jobs" }) all.Add(await tenant.Http.GetStringAsync(path));

        Assert.That(all, Is.All.Not.Contains(secret));
        Assert.That(all[0], Does.Contain("\"has_secret\":true"));
        if (!TestApi.IsSqlServer) Assert.That(await HoldsAsync(TestApi.DatabaseFile, secret), Is.False);
    }

    [Test]
    public async Task The_contract_says_that_secrets_are_write_only()
    {
        var schemas = (await ContractDocument.ReadAsync()).Document["components"]!["schemas"]!;

        foreach (var (schema, member) in new[] { ("ConnectProviderRequest", "api_key"), ("ConnectProviderRequest", "password"), ("ConnectProviderRequest", "auth_token"), ("ChangeProviderRequest", "auth_token") })
            Assert.That((bool?)schemas[schema]!["properties"]![member]!["writeOnly"], Is.True, $"{schema}.{member}");
        Assert.That(schemas["Provider"]!["properties"]!.AsObject().Select(p => p.Key), Has.None.AnyOf("api_key", "password", "auth_token", "secret"));
    }

    [Test]
    public async Task What_is_sealed_for_one_tenant_opens_for_no_other()
    {
        var (acme, thief) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        await ConnectAsync(acme, "SG.acme");
        await ConnectAsync(thief, "SG.thief");
        byte[]? stolen = null;
        await acme.WithDbAsync(async db => stolen = await db.FindAsync<byte[]>(Sealed, null, default));
        await thief.WithDbAsync(async db => await db.ExecuteAsync(Overwrite, new { Stolen = stolen }, default));

        await acme.WithScopeAsync(async s => Assert.That(((SendGridAccount)(await s.GetRequiredService<IProviderAccounts>().EmailAsync(default))!).ApiKey, Is.EqualTo("SG.acme")));
        await thief.WithScopeAsync(s =>
        {
            Assert.CatchAsync<CryptographicException>(async () => await s.GetRequiredService<IProviderAccounts>().EmailAsync(default));
            return Task.CompletedTask;
        });
    }

    [Test]
    public async Task A_channel_has_one_account()
    {
        var tenant = await TestTenant.NewAsync();
        var id = await ConnectAsync(tenant, "SG.one");

        var second = await tenant.Http.PostAsJsonAsync("/v1/providers", new { kind = "smtp", from = "shop@example.com", host = "mail.example.com" });
        var sms = await tenant.Http.PostAsJsonAsync("/v1/providers", Twilio($"AC{Guid.NewGuid():N}"));
        await tenant.Http.DeleteAsync($"/v1/providers/{id}");
        var third = await tenant.Http.PostAsJsonAsync("/v1/providers", new { kind = "smtp", from = "shop@example.com", host = "mail.example.com", port = 465 });

        var problem = await second.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That((second.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("provider_id").GetString()), Is.EqualTo((HttpStatusCode.Conflict, "provider_exists", id)));
        Assert.That((sms.StatusCode, third.StatusCode), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.Created)));
        Assert.That((await third.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("security").GetString(), Is.EqualTo("tls"));
    }

    [TestCase("""{"kind":"sendgrid","api_key":"k"}""", "/from")]
    [TestCase("""{"kind":"sendgrid","from":"shop@example.com"}""", "/api_key")]
    [TestCase("""{"kind":"sendgrid","from":"shop@example.com","api_key":"a\nb"}""", "/api_key")]
    [TestCase("""{"kind":"sendgrid","from":"shop@example.com","api_key":"k","host":"mail.example.com"}""", "/host")]
    [TestCase("""{"kind":"sendgrid","from":"shop@example.com","api_key":"k","password":"p"}""", "/password")]
    [TestCase("""{"kind":"sendgrid","from":"shop@example.com","api_key":"k","event_webhook_public_key":"bm8="}""", "/event_webhook_public_key")]
    [TestCase("""{"kind":"smtp","from":"shop@example.com"}""", "/host")]
    [TestCase("""{"kind":"smtp","from":"shop@example.com","host":"127.0.0.1"}""", "/host")]
    [TestCase("""{"kind":"smtp","from":"shop@example.com","host":"localhost"}""", "/host")]
    [TestCase("""{"kind":"smtp","from":"shop@example.com","host":"http://mail.example.com/"}""", "/host")]
    [TestCase("""{"kind":"smtp","from":"shop@example.com","host":"mail.example.com","port":6379}""", "/port")]
    [TestCase("""{"kind":"smtp","from":"shop@example.com","host":"mail.example.com","security":"none"}""", "/security")]
    [TestCase("""{"kind":"smtp","from":"shop@example.com","host":"mail.example.com","user_name":"ada"}""", "/password")]
    [TestCase("""{"kind":"twilio","from":"+15005550006","auth_token":"t"}""", "/account_sid")]
    [TestCase("""{"kind":"twilio","account_sid":"AC00000000000000000000000000000000","auth_token":"t"}""", "/from")]
    [TestCase("""{"kind":"twilio","account_sid":"../v2","from":"+15005550006","auth_token":"t"}""", "/account_sid")]
    [TestCase("""{"kind":"sendgrid","from":"shop@example.com","api_key":"k","test_recipients":["+1"]}""", "/test_recipients/0")]
    public async Task What_an_account_cannot_be_is_named(string body, string pointer)
    {
        var tenant = await TestTenant.NewAsync();

        var response = await tenant.Http.PostAsync("/v1/providers", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()), Does.Contain(pointer));
        Assert.That((await tenant.GetAsync<JsonElement>("/v1/providers")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_password_is_not_sent_to_another_server_than_it_was_given_for()
    {
        var tenant = await TestTenant.NewAsync();
        var created = await tenant.CreateAsync<JsonElement>("/v1/providers", new { kind = "smtp", from = "shop@example.com", host = "mail.example.com", user_name = "ada", password = "secret" });
        var path = $"/v1/providers/{created.GetProperty("id").GetString()}";

        var without = await SendAsync(tenant, HttpMethod.Patch, path, new { host = "evil.example.com" });
        var with = await SendAsync(tenant, HttpMethod.Patch, path, new { host = "other.example.com", password = "another" });
        var harmless = await SendAsync(tenant, HttpMethod.Patch, path, new { from_name = "Tea" });

        Assert.That(without.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await without.Content.ReadAsStringAsync(), Does.Contain("secret_needed").And.Contain("/host"));
        Assert.That((with.StatusCode, harmless.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        await tenant.WithScopeAsync(async s => Assert.That(((SmtpAccount)(await s.GetRequiredService<IProviderAccounts>().EmailAsync(default))!) is { Password: "another", Host: "other.example.com", IsOfTenant: true }, Is.True));
    }

    [Test]
    public async Task A_test_goes_through_the_account_and_shows_what_came_of_it()
    {
        var (tenant, key) = (await TestTenant.NewAsync(), $"SG.{Guid.NewGuid():N}");
        var id = await ConnectAsync(tenant, key);

        var asked = await SendAsync(tenant, HttpMethod.Post, $"/v1/providers/{id}/tests", new { to = "OPS@example.com" }, Guid.NewGuid().ToString());
        var queued = await TestTenant.ReadAsync<JsonElement>(asked);
        await TestApi.RunJobsAsync();
        var shown = await tenant.GetAsync<JsonElement>(asked.Headers.Location!.ToString());

        Assert.That((asked.StatusCode, queued.GetProperty("status").GetString()), Is.EqualTo((HttpStatusCode.Accepted, "queued")));
        Assert.That((shown.GetProperty("status").GetString(), shown.GetProperty("to").GetString()), Is.EqualTo(("accepted", "ops@example.com")));
        Assert.That(TestApi.Providers.Of(key).Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_refused_test_says_why_and_who_signs_in_needs_no_list()
    {
        var (tenant, key) = (await TestTenant.NewAsync(), $"SG.{Guid.NewGuid():N}");
        var (id, owner) = (await ConnectAsync(tenant, key), await tenant.UserAsync(CustomerCrm.Platform.People.Role.Manager));
        TestApi.Providers.Of(key).Will(Outbound.Day.Locked);

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/providers/{id}/tests") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var asked = await owner.Http.SendAsync(request);
        await TestApi.RunJobsAsync();
        var shown = await tenant.GetAsync<JsonElement>(asked.Headers.Location!.ToString());

        Assert.That((shown.GetProperty("status").GetString(), shown.GetProperty("code").GetString(), shown.GetProperty("to").GetString()), Is.EqualTo(("refused", "credentials_refused", owner.Email)));
    }

    [Test]
    public async Task Nobody_else_can_be_written_to_by_a_test()
    {
        var (tenant, key) = (await TestTenant.NewAsync(), $"SG.{Guid.NewGuid():N}");
        var id = await ConnectAsync(tenant, key);

        var refused = await SendAsync(tenant, HttpMethod.Post, $"/v1/providers/{id}/tests", new { to = "stranger@example.com" }, "k");
        var keyless = await SendAsync(tenant, HttpMethod.Post, $"/v1/providers/{id}/tests", new { to = "ops@example.com" });
        await TestApi.RunJobsAsync();

        Assert.That((refused.StatusCode, keyless.StatusCode), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest)));
        Assert.That(TestApi.Providers.Of(key).Messages, Is.Empty);
    }

    [Test]
    public async Task A_text_message_whose_answer_is_lost_is_sent_once()
    {
        var (tenant, sid) = (await TestTenant.NewAsync(), $"AC{Guid.NewGuid():N}");
        var created = await tenant.CreateAsync<JsonElement>("/v1/providers", Twilio(sid));
        var id = created.GetProperty("id").GetString();
        TestApi.Providers.Of(sid).Will(Outbound.Day.Reset);

        var asked = await SendAsync(tenant, HttpMethod.Post, $"/v1/providers/{id}/tests", new { to = "+49 151 12345678" }, "k");
        await TestApi.RunJobsAsync();
        await TestApi.RunJobsAsync();
        var shown = await tenant.GetAsync<JsonElement>(asked.Headers.Location!.ToString());

        Assert.That((shown.GetProperty("status").GetString(), shown.GetProperty("code").GetString()), Is.EqualTo(("unknown", "connection_lost")));
        Assert.That(TestApi.Providers.Of(sid).Messages, Has.Count.EqualTo(1));
        Assert.That(TestApi.Providers.Of(sid).Messages[0].Body, Does.Contain("StatusCallback=http%3A%2F%2Flocalhost%3A5080%2Fcallbacks%2Ftwilio%2Fstatus%2F"));
    }

    [Test]
    public async Task Without_an_account_messages_lie_in_the_mailbox_with_their_channel()
    {
        var (tenant, phone) = (await TestTenant.NewAsync(), $"+4915{Random.Shared.NextInt64(100_000_000, 999_999_999)}");
        await tenant.WithScopeAsync(async s =>
        {
            var senders = s.GetRequiredService<Senders>();
            await (await senders.SmsAsync(default)).SendAsync(new SmsMessage { To = phone, Body = "It is on its way.", DedupeId = "1" }, default);
        });

        var letters = await TestTenant.ReadAsync<JsonElement>(await TestApi.NewClient().GetAsync($"/v1/dev/mailbox?to={Uri.EscapeDataString(phone)}"));

        Assert.That(letters.GetProperty("data")[0].GetProperty("channel").GetString(), Is.EqualTo("sms"));
        Assert.That(letters.GetProperty("data")[0].GetProperty("text").GetString(), Is.EqualTo("It is on its way."));
    }

    internal static object Twilio(string sid) => new { kind = "twilio", from = "+15005550006", account_sid = sid, auth_token = "12345", test_recipients = new[] { "+4915112345678" } };

    private static async Task<string> ConnectAsync(TestTenant tenant, string key) =>
        (await tenant.CreateAsync<JsonElement>("/v1/providers", new { kind = "sendgrid", from = "shop@example.com", api_key = key, test_recipients = new[] { "ops@example.com" } })).GetProperty("id").GetString()!;

    private static Task<HttpResponseMessage> SendAsync(TestTenant tenant, HttpMethod method, string path, object body, string? once = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        if (once is not null) request.Headers.Add("Idempotency-Key", once);
        return tenant.Http.SendAsync(request);
    }

    private static async Task<bool> HoldsAsync(string database, string secret)
    {
        foreach (var file in new[] { database, database + "-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            if ((await reader.ReadToEndAsync()).Contains(secret, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static readonly TenantSql Sealed = TenantSql.Of("SELECT p.Secret FROM Providers p WHERE p.TenantId = @TenantId");

    private static readonly TenantSql Overwrite = TenantSql.Of("UPDATE Providers SET Secret = @Stolen WHERE TenantId = @TenantId");
}
