using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Webhooks;

public class WebhookTests
{
    private const string Url = "https://hooks.example.com/services/T0000AbCdEfGhIjKlMnOpQrStUv1234?token=s3cr3tvalue";
    private const string Shown = "https://hooks.example.com/services/T000…?token=s3cr…";

    [Test]
    public async Task A_url_and_events_are_enough_and_the_secret_is_shown_once()
    {
        var http = (await TestTenant.NewAsync()).Http;

        var made = await http.PostAsync("/v1/webhooks", new { url = Url, events = new[] { "customer.created" } });

        Assert.That(made.Text("secret"), Does.Match("^whsec_[A-Za-z0-9+/]{43}=$"));
        Assert.That(made.Text("url"), Is.EqualTo(Shown));
        var shown = await http.ShowAsync($"/v1/webhooks/{made.Text("id")}");
        Assert.That(shown.TryGetProperty("secret", out _), Is.False);
        Assert.That((shown.Text("status"), shown.Text("payload"), shown.Text("kind"), shown.Text("url")), Is.EqualTo(("enabled", "full", "endpoint", Shown)));
    }

    [Test]
    public async Task Neither_the_secret_nor_the_URL_lies_anywhere_in_the_open()
    {
        var tenant = await TestTenant.NewAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/webhooks") { Content = JsonContent.Create(new { url = Url, events = new[] { "*" } }), Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } } };
        var made = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.SendAsync(request));
        var rotated = await tenant.Http.PostAsync($"/v1/webhooks/{made.Text("id")}/secret_rotations", new { });
        await TestApi.RunJobsAsync();

        if (TestApi.IsSqlServer) return; // the file can be read whole
        var kept = new StringBuilder();
        foreach (var file in new[] { TestApi.DatabaseFile, $"{TestApi.DatabaseFile}-wal" })
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            kept.Append(await reader.ReadToEndAsync());
        }
        var text = kept.ToString();
        Assert.That(text.Contains(made.Text("id"), StringComparison.Ordinal), Is.True, "The look itself.");
        foreach (var secret in new[] { made.Text("secret"), rotated.Text("secret"), "T0000AbCdEfGhIjKlMnOpQrStUv1234", "s3cr3tvalue" })
            Assert.That(text.Contains(secret, StringComparison.Ordinal), Is.False, secret[..8]);
    }

    [Test]
    public async Task Fifty_of_the_same_request_at_once_make_one_webhook_and_only_the_first_answer_has_the_secret()
    {
        var http = (await TestTenant.NewAsync()).Http;
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/webhooks") { Content = JsonContent.Create(new { url = Url, events = new[] { "*" } }), Headers = { { "Idempotency-Key", key } } };
            var response = await http.SendAsync(request);
            return (response.StatusCode, Body: JsonElement.Parse(await response.Content.ReadAsStringAsync()));
        }));

        var created = answers.Where(a => a.StatusCode == HttpStatusCode.Created).Select(a => a.Body).ToArray();
        Assert.That(created.Select(c => c.Text("id")).Distinct().Count(), Is.EqualTo(1));
        Assert.That(created.Count(c => c.GetProperty("is_secret_shown").GetBoolean()), Is.EqualTo(1));
        Assert.That((await http.ShowAsync("/v1/webhooks")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [TestCase("http://example.com/", "https_required")]
    [TestCase("https://127.0.0.1/", "internal_address")]
    [TestCase("https://①②⑦.⓪.⓪.①/", "internal_address")]
    [TestCase("https://[::ffff:169.254.169.254]/", "internal_address")]
    [TestCase("https://example.com:22/", "port_not_allowed")]
    [TestCase("https://user:pass@example.com/", "user_info_not_allowed")]
    [TestCase("not a url", "url_invalid")]
    public async Task A_URL_that_leads_inside_is_refused(string url, string code)
    {
        var http = (await TestTenant.NewAsync()).Http;

        var problem = await Problem.OfAsync(await http.PostAsJsonAsync("/v1/webhooks", new { url, events = new[] { "*" } }));

        Assert.That((problem.Status, problem.Document.GetProperty("errors")[0].Text("code"), problem.Pointers[0]), Is.EqualTo((HttpStatusCode.UnprocessableEntity, code, "/url")));
    }

    [Test]
    public async Task Events_that_there_are_not_are_refused_with_their_place()
    {
        var http = (await TestTenant.NewAsync()).Http;

        var problem = await Problem.OfAsync(await http.PostAsJsonAsync("/v1/webhooks", new { url = Url, events = new[] { "order.paid", "order.eaten", "nothing.*", "Order.*" } }));

        Assert.That(problem.Document.GetProperty("errors").EnumerateArray().Select(e => (e.Text("pointer"), e.Text("code"))), Is.EqualTo(new[]
        {
            ("/events/1", "unknown_event_type"), ("/events/2", "unknown_event_type"), ("/events/3", "event_filter_invalid"),
        }));
    }

    [Test]
    public async Task There_are_at_most_twenty_endpoints_and_subscriptions_do_not_count_among_them()
    {
        var http = (await TestTenant.NewAsync()).Http;
        for (var i = 0; i < 20; i++) await http.WebhookAsync(Url, "*");

        var problem = await Problem.OfAsync(await http.PostAsJsonAsync("/v1/webhooks", new { url = Url, events = new[] { "*" } }));
        var subscription = await http.PostAsJsonAsync("/v1/webhooks", new { url = Url, events = new[] { "*" }, kind = "subscription" });

        Assert.That((problem.Code, subscription.StatusCode), Is.EqualTo(("too_many_webhooks", HttpStatusCode.Created)));
    }

    [Test]
    public async Task A_disabled_webhook_holds_what_it_would_have_sent_and_sends_nothing_by_hand()
    {
        var tenant = await TestTenant.NewAsync();
        var webhook = await tenant.Http.WebhookAsync(Url, "customer.created");
        var disabled = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PatchAsJsonAsync($"/v1/webhooks/{webhook}", new { status = "disabled" }));
        await tenant.Http.CustomerAsync();
        await TestApi.RunJobsAsync();

        var test = await Problem.OfAsync(await tenant.Http.PostAsJsonAsync($"/v1/webhooks/{webhook}/test", new { }));

        Assert.That((disabled.Text("disabled_reason"), test.Code), Is.EqualTo(("by_request", "webhook_disabled")));
        Assert.That((await tenant.Http.DeliveriesAsync(webhook)).Single().Text("status"), Is.EqualTo("held"));
    }

    [Test]
    public async Task A_change_with_an_old_ETag_is_refused_and_a_deleted_webhook_is_gone()
    {
        var http = (await TestTenant.NewAsync()).Http;
        var webhook = await http.WebhookAsync(Url, "*");
        await http.PatchAsJsonAsync($"/v1/webhooks/{webhook}", new { events = new[] { "order.*" } });
        using var late = new HttpRequestMessage(HttpMethod.Patch, $"/v1/webhooks/{webhook}") { Content = JsonContent.Create(new { description = "Late" }), Headers = { { "If-Match", "\"r1\"" } } };

        Assert.That((await http.SendAsync(late)).StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That((await http.DeleteAsync($"/v1/webhooks/{webhook}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await http.GetAsync($"/v1/webhooks/{webhook}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_owners_get_a_letter_when_a_webhook_is_disabled_and_one_a_day_when_deliveries_are_given_up()
    {
        var tenant = await TestTenant.NewAsync();
        var owner = await tenant.UserAsync(Role.Owner);
        var webhook = Id<Webhook>.Parse(await tenant.Http.WebhookAsync(Url, "*"));
        var given = new ExhaustedDelivery { WebhookId = webhook, DeliveryId = Id<Delivery>.New(), EventId = Id<CustomerCrm.Platform.Events.Event>.New(), EventType = "order.paid", Attempts = 10, LastStatus = 500 };

        await tenant.WithScopeAsync(services => services.GetRequiredService<TenantDb>().InTransactionAsync(async () =>
        {
            var watch = services.GetRequiredService<IWebhookWatch>();
            await watch.ExhaustedAsync(given, default);
            await watch.ExhaustedAsync(given, default);
            await watch.DisabledAsync(webhook, DisabledReason.Failing, default);
            await watch.DisabledAsync(webhook, DisabledReason.Failing, default);
        }, default));

        var letters = await Mailbox.OfAsync(owner.Email);
        Assert.That(letters, Has.Length.EqualTo(2));
        Assert.That(letters, Has.All.Contains(Shown).And.All.Not.Contains("s3cr3tvalue"));
        Assert.That(letters, Has.One.Contains("answered none of its attempts for five days"));
    }
}
