using System.Net;
using System.Text;
using System.Text.Json;
using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Media;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Platform.Outbound.Web;
using CustomerCrm.Tests.Outbound.Web;
using CustomerCrm.Tests.ProviderCallbacks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Conversations;

/// <summary>The pictures of multimedia messages: they are fetched behind the callback.</summary>
public class MediaTests
{
    private const string Picture = "GIF89a and so on";

    private CallbackBench bench = null!;
    private string phone = "";

    [SetUp]
    public async Task Connect() => (bench, phone) = (await CallbackBench.TwilioAsync(), $"+4366{Random.Shared.Next(10_000_000, 99_999_999)}");

    [Test]
    public async Task A_picture_is_on_its_way_and_then_an_attachment()
    {
        await using var provider = await Receiver.StartAsync(call => call.Path.EndsWith("/store", StringComparison.Ordinal)
            ? call.Answer(200, Picture)
            : call.Answer(307, "", ("Location", "/hooks/store")));
        var entry = await SayAsync("", (provider.Url, "image/gif"));
        Assert.That(Media(entry), Is.EqualTo(new[] { ("waiting", 0, (string?)null) }));

        await FetchAsync(entry, provider.Url);
        await FetchAsync(entry, provider.Url);

        var fetched = await EntryAsync();
        Assert.That(Media(fetched), Is.Empty);
        var file = fetched.GetProperty("attachments").EnumerateArray().Single();
        Assert.That((file.Text("file_name"), file.Text("media_type")), Is.EqualTo(("media-1.gif", "image/gif")));
        Assert.That(await (await bench.Tenant.Http.GetAsync($"/v1/attachments/{file.Text("id")}/file")).Content.ReadAsStringAsync(), Is.EqualTo(Picture));
        Assert.That(provider.Calls, Has.Count.EqualTo(2), "a job that runs again finds it done");
        Assert.That(provider.Calls.Select(c => c.Headers["authorization"]), Has.All.EqualTo($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{bench.Account}:12345"))}"));
        Assert.That(await EventsAsync(), Does.Contain("conversation.file_received"));
    }

    [Test]
    public async Task The_accounts_secret_goes_to_the_providers_own_host_alone()
    {
        await using var elsewhere = await Receiver.StartAsync(call => call.Answer(200, "Hello"));
        await using var provider = await Receiver.StartAsync(call => call.Answer(302, "", ("Location", elsewhere.Url)));
        var entry = await SayAsync("See", (provider.Url, "text/plain"));

        await FetchAsync(entry, provider.Url);

        Assert.That((provider.Calls.Single().Headers.ContainsKey("authorization"), elsewhere.Calls.Single().Headers.ContainsKey("authorization")), Is.EqualTo((true, false)));
        Assert.That((await EntryAsync()).GetProperty("attachments").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task What_does_not_come_stands_on_the_entry_and_is_asked_for_again()
    {
        await using var provider = await Receiver.StartAsync(call => call.Answer(503, ""));
        var entry = await SayAsync("Look", (provider.Url, "image/png"));

        Assert.That(Assert.ThrowsAsync<JobFailedException>(() => FetchAsync(entry, provider.Url))!.Code, Is.EqualTo("status_503"));
        Assert.That(Media(await EntryAsync()), Is.EqualTo(new[] { ("waiting", 1, (string?)"status_503") }));

        provider.OnCall = call => call.Answer(200, "Hello");
        await FetchAsync(entry, provider.Url);
        Assert.That(((await EntryAsync()).GetProperty("attachments").GetArrayLength(), Media(await EntryAsync()).Length), Is.EqualTo((1, 0)));
    }

    [TestCase(404, "", "gone")]
    [TestCase(200, "MZ\u0090\0\u0003", "attachment_type")]
    [TestCase(200, "", "empty")]
    [TestCase(302, "", "too_many_redirects")]
    public async Task What_cannot_be_had_is_said_once_and_the_words_stay(int status, string body, string reason)
    {
        await using var provider = await Receiver.StartAsync(call => call.Answer(status, body, ("Location", "/hooks")));
        var entry = await SayAsync("Look", (provider.Url, "image/png"));

        await FetchAsync(entry, provider.Url);

        var failed = await EntryAsync();
        Assert.That((Media(failed).Single(), failed.Text("text")), Is.EqualTo((("failed", 1, (string?)reason), "Look")));
        Assert.That((await EventsAsync()).Count(type => type == "conversation.file_failed"), Is.EqualTo(2), "with the one of the job itself");
    }

    [Test]
    public async Task What_is_too_large_or_breaks_off_is_not_kept()
    {
        await using var provider = await Receiver.StartAsync(call => call.Answer(200, new string('x', MediaCall.MostBytes + 1)));
        var entry = await SayAsync("Look", (provider.Url, null));

        await FetchAsync(entry, provider.Url);

        Assert.That(Media(await EntryAsync()), Is.EqualTo(new[] { ("failed", 1, (string?)"too_large") }));
    }

    [Test]
    public async Task Ones_own_network_is_never_asked()
    {
        await SayAsync("Look", ("https://127.0.0.1/secret", "image/png"), ("http://example.com/plain", "image/png"));

        Assert.That(Media(await EntryAsync()), Is.EqualTo(new[] { ("failed", 1, (string?)"internal_address"), ("failed", 1, "https_required") }));
    }

    [Test]
    public async Task What_was_redacted_meanwhile_is_not_fetched()
    {
        await using var provider = await Receiver.StartAsync(call => call.Answer(200, "Hello"));
        var entry = await SayAsync("Look", (provider.Url, null));
        await bench.Tenant.CreateAsync<JsonElement>($"/v1/conversations/{entry.Text("conversation_id")}/entries/{entry.Text("id")}/redaction", new { });

        await FetchAsync(entry, provider.Url);

        Assert.That((provider.Calls.Count, (await EntryAsync()).GetProperty("attachments").GetArrayLength()), Is.EqualTo((0, 0)));
    }

    private async Task<JsonElement> SayAsync(string text, params (string Url, string? Type)[] media)
    {
        var said = new List<(string, string)> { ("MessageSid", "MM1"), ("From", phone), ("Body", text), ("NumMedia", $"{media.Length}") };
        foreach (var (index, (url, type)) in media.Index())
        {
            said.Add(($"MediaUrl{index}", url));
            if (type is not null) said.Add(($"MediaContentType{index}", type));
        }
        Assert.That((await bench.TwilioSaysAsync("inbound_sms_url", [.. said])).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        // The job itself may not ask a server of ours, and whoever runs jobs runs it: so it has its turn first, and then it is as before.
        await TestApi.RunJobsAsync();
        if (media[0].Url.StartsWith("http://127.0.0.1:", StringComparison.Ordinal)) await bench.Tenant.WithDbAsync(db => db.ExecuteAsync(AsBefore, null, default));
        return await EntryAsync();
    }

    private async Task<JsonElement> EntryAsync() => (await SomeConversations.EntriesAsync(bench.Tenant, (await SomeConversations.ConversationsAsync(bench.Tenant)).Single().Text("id")!)).First(e => e.Text("kind") == "message");

    private Task FetchAsync(JsonElement entry, string providerUrl) => bench.Tenant.WithScopeAsync(async services =>
    {
        var open = Options.Create(new OutboundOptions { AllowInternal = true });
        using var http = new GuardedHttp(new GuardedConnector(Dns.GetHostAddressesAsync, open), new WebTarget(open, Options.Create(new PublicOptions())));
        var call = new MediaCall(http, services.GetRequiredService<IProviderAccounts>(), Options.Create(new ProviderOptions { Twilio = new TwilioOptions { BaseUrl = providerUrl } }));
        await ActivatorUtilities.CreateInstance<FetchMediaJob>(services, call).RunAsync(new FetchMedia(Id<ConversationEntry>.Parse(entry.Text("id")!), 1), default);
    });

    private async Task<string?[]> EventsAsync() => [.. (await bench.Tenant.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Select(e => e.Text("type"))];

    private static (string, int, string?)[] Media(JsonElement entry) =>
        [.. entry.GetProperty("media").EnumerateArray().Select(m => (m.Text("state")!, m.GetProperty("attempts").GetInt32(), m.Text("reason")))];

    private static readonly TenantSql AsBefore = TenantSql.Of("UPDATE ConversationMedia SET State = 1, Attempts = 0, Reason = NULL WHERE TenantId = @TenantId");
}
