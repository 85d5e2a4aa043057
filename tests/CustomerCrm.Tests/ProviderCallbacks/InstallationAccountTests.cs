using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.ProviderCallbacks.Signatures;
using CustomerCrm.Tests.Messages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Tests.ProviderCallbacks;

/// <summary>Tenants that bring no account send through the installation's, and hear what becomes of it as if it were theirs.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance), NonParallelizable]
public class InstallationAccountTests
{
    private const string AuthToken = "installation-token";

    private readonly SharedHost host = new();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Twilio_tells_each_tenant_of_its_own_messages()
    {
        var (acme, other) = (await host.TenantAsync(), await host.TenantAsync());
        var message = await PostAsync(acme, new { to = "+4915112345678", channel = "sms", purpose = "transactional", content = new { sms = "It is on its way." } });
        await host.RunAsync();
        var sent = TestApi.Providers.Of(host.AccountSid).Messages[^1];
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(sent.Body);
        var (url, sid) = (form["StatusCallback"].ToString(), (await ShowAsync(acme, message)).Text("provider_message_id"));
        (string, string)[] delivered = [("MessageSid", sid), ("MessageStatus", "delivered"), ("To", "+4915112345678")];

        var forged = await TwilioSaysAsync(url, delivered, "somebody else's token");
        var before = await ShowAsync(acme, message);
        var taken = await TwilioSaysAsync(url, delivered, AuthToken);
        var again = await TwilioSaysAsync(url, delivered, AuthToken);
        var asInbound = await TwilioSaysAsync(url.Replace("/status/", "/inbound/", StringComparison.Ordinal), [("MessageSid", "SM1"), ("From", "+4915112345678"), ("Body", "STOP")], AuthToken);

        Assert.That((forged.StatusCode, taken.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.NoContent, HttpStatusCode.NoContent)));
        Assert.That((before.Text("state"), (await ShowAsync(acme, message)).Text("state")), Is.EqualTo(("sent", "delivered")));
        Assert.That(asInbound.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "what is written to a number of many is nobody's in particular");
        Assert.That((await other.GetFromJsonAsync<JsonElement>("/v1/messages")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Sendgrids_one_batch_reaches_the_tenants_whose_events_are_in_it()
    {
        var tenants = new[] { await host.TenantAsync(), await host.TenantAsync() };
        var messages = new List<string>();
        foreach (var tenant in tenants) messages.Add(await PostAsync(tenant, new { to = "ada@example.com", channel = "email", purpose = "transactional", content = new { subject = "Your order", text = "It is on its way." } }));
        await host.RunAsync();
        var arguments = TestApi.Providers.Of(host.ApiKey).Messages.TakeLast(2).Select(m => JsonElement.Parse(m.Body).GetProperty("personalizations")[0].GetProperty("custom_args")).ToArray();
        Assert.That(arguments.Select(a => a.Text("crm_token")), Is.Unique);
        var events = arguments.Select((a, i) => new { @event = i == 0 ? "delivered" : "spamreport", email = "ada@example.com", sg_event_id = $"{Guid.NewGuid():N}", timestamp = 1790000000, dedupe_id = a.Text("dedupe_id"), crm_token = a.Text("crm_token") }).ToArray();
        var strange = new[] { new { @event = "delivered", email = "x@example.com", sg_event_id = "s", timestamp = 1790000000, dedupe_id = events[0].dedupe_id, crm_token = "bm90aGluZw" } };

        var unsigned = await SendGridSaysAsync(events, isSigned: false);
        var taken = await SendGridSaysAsync(events.Concat(strange).ToArray());
        var again = await SendGridSaysAsync(events);

        Assert.That((unsigned.StatusCode, taken.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.NoContent, HttpStatusCode.NoContent)));
        var states = new List<string>();
        foreach (var (tenant, message) in tenants.Zip(messages)) states.Add((await ShowAsync(tenant, message)).Text("state"));
        Assert.That(states, Is.EquivalentTo(new[] { "delivered", "complained" }));
    }

    private static async Task<string> PostAsync(HttpClient http, object message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = JsonContent.Create(message), Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } } };
        return (await TestTenant.ReadAsync<JsonElement>(await http.SendAsync(request))).Id();
    }

    private static async Task<JsonElement> ShowAsync(HttpClient http, string message) => await TestTenant.ReadAsync<JsonElement>(await http.GetAsync($"/v1/messages/{message}"));

    private Task<HttpResponseMessage> TwilioSaysAsync(string url, (string Name, string Value)[] parameters, string token)
    {
        var form = parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)).ToArray();
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url).PathAndQuery) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add(TwilioSignature.Header, TwilioSignature.Of(url, form, token));
        return host.Client.SendAsync(request);
    }

    private Task<HttpResponseMessage> SendGridSaysAsync(object events, bool isSigned = true)
    {
        var (bytes, at) = (JsonSerializer.SerializeToUtf8Bytes(events), $"{host.Clock.GetUtcNow().ToUnixTimeSeconds()}");
        var request = new HttpRequestMessage(HttpMethod.Post, "/callbacks/sendgrid/events") { Content = new ByteArrayContent(bytes) };
        if (isSigned) request.Headers.Add(SendGridSignature.Header, SignatureTests.Sign(host.Key, at, bytes));
        request.Headers.Add(SendGridSignature.TimestampHeader, at);
        return host.Client.SendAsync(request);
    }

    private sealed class SharedHost : WebApplicationFactory<Program>
    {
        private readonly string file = Path.Combine(Path.GetTempPath(), $"crm-shared-{Guid.NewGuid():N}.db");

        public ManualClock Clock { get; } = new();
        public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        public string AccountSid { get; } = $"AC{Guid.NewGuid():N}";
        public string ApiKey { get; } = $"SG.{Guid.NewGuid():N}";
        public HttpClient Client => CreateClient();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Database:ConnectionString", $"Data Source={file}");
            builder.UseSetting("Jobs:Run", "false");
            builder.UseSetting("Demo:Seed", "false");
            builder.UseSetting("Signup:Mode", "open");
            builder.UseSetting("Outbound:SendGrid:BaseUrl", TestApi.Providers.Url);
            builder.UseSetting("Outbound:SendGrid:ApiKey", ApiKey);
            builder.UseSetting("Outbound:SendGrid:From", "crm@example.com");
            builder.UseSetting("Outbound:SendGrid:EventWebhookPublicKey", SignatureTests.PublicOf(Key));
            builder.UseSetting("Outbound:Twilio:BaseUrl", TestApi.Providers.Url);
            builder.UseSetting("Outbound:Twilio:AccountSid", AccountSid);
            builder.UseSetting("Outbound:Twilio:AuthToken", AuthToken);
            builder.UseSetting("Outbound:Twilio:From", "+15005550006");
            builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
        }

        public async Task<HttpClient> TenantAsync()
        {
            var made = await TestTenant.ReadAsync<JsonElement>(await Client.PostAsJsonAsync("/v1/tenants", new { name = "Acme" }));
            var client = CreateClient();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.GetProperty("live").Text("key"));
            return client;
        }

        public async Task RunAsync()
        {
            while (await Services.GetRequiredService<JobRunner>().RunDueAsync(default) + await Services.GetRequiredService<Bus>().RunDueAsync(default) > 0) { }
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            Key.Dispose();
            foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(left);
        }
    }
}
