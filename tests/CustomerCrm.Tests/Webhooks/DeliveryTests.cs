using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Webhooks;
using CustomerCrm.Tests.Outbound.Web;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Webhooks;

/// <summary>What endpoints get, and what becomes of it when they do not take it. One host with a clock by hand; each test has a tenant and a receiver of its own.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance), NonParallelizable]
public class DeliveryTests
{
    private readonly WebhookHost host = new();

    [OneTimeSetUp]
    public void Start() => _ = host.Services;

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task A_change_is_one_signed_request_with_the_resource_in_it()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        var made = await http.PostAsync("/v1/webhooks", new { url = receiver.Url, events = new[] { "customer.*" } });
        await http.CustomerAsync("Zoë 🦊");

        await host.RunAsync();

        var call = receiver.Calls.Single();
        var message = JsonElement.Parse(call.Body);
        Assert.That(message.EnumerateObject().Select(m => m.Name), Is.EqualTo(new[] { "id", "type", "timestamp", "sequence", "payload", "is_too_large", "data" }));
        Assert.That(message.Text("type"), Is.EqualTo("customer.created"));
        Assert.That(message.Text("id"), Is.EqualTo(call.Headers["webhook-id"]).And.StartWith("evt_"));
        Assert.That(message.GetProperty("data").Text("name"), Is.EqualTo("Zoë 🦊"));
        Assert.That(call.Headers["webhook-timestamp"], Is.EqualTo(host.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        Assert.That(call.Headers["webhook-signature"], Is.EqualTo(SignatureOf(made.Text("secret"), call)));
        Assert.That(call.Headers["traceparent"], Does.Match("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$"));
        Assert.That(call.Headers["content-type"], Does.StartWith("application/json"));
        var delivery = (await http.DeliveriesAsync(made.Text("id"))).Single();
        Assert.That((delivery.Text("status"), delivery.GetProperty("last_status").GetInt32()), Is.EqualTo(("delivered", 204)));
    }

    [Test]
    public async Task Only_what_the_webhook_hears_is_sent_and_only_what_came_after_it()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        await http.CustomerAsync("Before");
        await http.WebhookAsync(receiver.Url, "order.*");
        var customer = await http.CustomerAsync();
        await http.PostAsync("/v1/orders", new { customer_id = customer, payment_status = "paid", lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });

        await host.RunAsync();

        var messages = receiver.Calls.Select(c => JsonElement.Parse(c.Body)).ToArray();
        Assert.That(messages.Select(m => m.Text("type")), Is.EquivalentTo(new[] { "order.placed", "order.paid" }));
        var byType = messages.ToDictionary(m => m.Text("type"), m => m.GetProperty("sequence").GetInt64());
        Assert.That(byType["order.paid"], Is.GreaterThan(byType["order.placed"]));
    }

    [Test]
    public async Task What_a_rule_calls_is_delivered_to_the_endpoint_that_it_names_and_to_no_other()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        var named = await http.WebhookAsync(receiver.Url + "/named", "order.paid");
        await http.WebhookAsync(receiver.Url + "/all", "automation.*");
        await http.WebhookAsync(receiver.Url + "/other", "order.paid");
        foreach (var with in new object[] { new { name = "for_one", webhook_id = named, data = new { channel = "#sales" } }, new { name = "for_all" } })
            await http.PostAsync("/v1/automation_rules", new { name = "Call", definition = new { events = new[] { "customer.created" }, actions = new[] { new { @do = "call_webhook", with } } } });
        await http.CustomerAsync();

        await host.RunAsync();

        var called = receiver.Calls.Select(call => (call.Path, Message: JsonElement.Parse(call.Body))).Where(call => call.Message.Text("type") == "automation.webhook_called").ToArray();
        Assert.That(called.Select(call => (call.Path, call.Message.GetProperty("data").Text("name"))), Is.EquivalentTo(new[] { ("/hooks/named", "for_one"), ("/hooks/all", "for_all") }));
        var told = called.Single(call => call.Path == "/hooks/named").Message.GetProperty("data");
        Assert.That((told.GetProperty("data").Text("channel"), told.Text("event_type"), told.GetProperty("event_data").Text("name")), Is.EqualTo(("#sales", "customer.created", "Ada")));
    }

    [Test]
    public async Task A_rule_that_names_an_endpoint_that_is_gone_says_so()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        var webhook = await http.WebhookAsync(receiver.Url, "*");
        object Rule(string webhookId) => new { name = "Call", definition = new { events = new[] { "customer.created" }, actions = new[] { new { @do = "call_webhook", with = new { name = "x", webhook_id = webhookId } } } } };
        var strangers = await (await host.TenantAsync()).WebhookAsync(receiver.Url, "*");

        var wrong = await http.PostAsJsonAsync("/v1/automation_rules", Rule(strangers));
        var rule = await http.PostAsync("/v1/automation_rules", Rule(webhook));
        await http.DeleteAsync($"/v1/webhooks/{webhook}");
        await http.CustomerAsync();
        await host.RunAsync();

        Assert.That((await Problem.OfAsync(wrong)).Pointers, Is.EqualTo(new[] { "/definition/actions/0/with/webhook_id" }));
        var result = (await http.ShowAsync($"/v1/automation_rules/{rule.Text("id")}/firings")).GetProperty("data")[0].GetProperty("results")[0];
        Assert.That((result.Text("outcome"), result.Text("code")), Is.EqualTo(("refused", "not_found")));
    }

    [Test]
    public async Task An_attempt_that_dies_with_the_program_is_known_as_unknown_and_made_again()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        var webhook = await http.WebhookAsync(receiver.Url, "customer.created");
        await http.CustomerAsync();
        await host.HandOnAsync();
        await host.BeginAndDieAsync();
        var delivery = (await http.DeliveriesAsync(webhook)).Single().Text("id");
        var died = await http.ShowAsync($"/v1/webhooks/{webhook}/deliveries/{delivery}");

        await host.Services.GetRequiredService<WebhookClaims>().FreeAsync(default);
        await host.RunAsync();

        var after = await http.ShowAsync($"/v1/webhooks/{webhook}/deliveries/{delivery}");
        Assert.That((died.Text("status"), OutcomesOf(died)), Is.EqualTo(("pending", "1 unknown")));
        Assert.That((after.Text("status"), OutcomesOf(after), after.GetProperty("attempt_count").GetInt32()), Is.EqualTo(("delivered", "2 delivered, 1 unknown", 2)));
        Assert.That(receiver.Calls, Has.Count.EqualTo(1));
        Assert.That(after.GetProperty("attempts")[1].GetProperty("duration_ms").ValueKind, Is.EqualTo(JsonValueKind.Null));

        static string OutcomesOf(JsonElement shown) => string.Join(", ", shown.GetProperty("attempts").EnumerateArray().Select(a => $"{a.GetProperty("number")} {a.Text("outcome")}"));
    }

    [Test]
    public async Task A_deleted_webhook_is_gone_at_once_and_its_deliveries_piece_by_piece()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        var (gone, stays) = (await http.WebhookAsync(receiver.Url, "customer.created"), await http.WebhookAsync(receiver.Url, "customer.created"));
        for (var i = 0; i < 3; i++) await http.CustomerAsync();
        await host.HandOnAsync();

        var deleted = await http.DeleteAsync($"/v1/webhooks/{gone}");
        var again = await http.DeleteAsync($"/v1/webhooks/{gone}");
        var listed = (await http.ShowAsync("/v1/webhooks")).GetProperty("data").EnumerateArray().Select(w => w.Text("id")).ToArray();
        var shown = await http.GetAsync($"/v1/webhooks/{gone}/deliveries");
        await host.RunAsync();

        Assert.That((deleted.StatusCode, again.StatusCode, shown.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(listed, Is.EqualTo(new[] { stays }));
        Assert.That(receiver.Calls, Has.Count.EqualTo(3), "those of the other one");
        Assert.That(await host.RowsOfAsync(gone), Is.Zero);
        Assert.That(await host.RowsOfAsync(stays), Is.EqualTo(3));
    }

    [Test]
    public async Task What_is_loaded_quietly_is_told_to_nobody()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        await http.WebhookAsync(receiver.Url, "*");
        using var quiet = new HttpRequestMessage(HttpMethod.Post, "/v1/customers") { Content = JsonContent.Create(new { name = "History" }), Headers = { { "Crm-Quiet", "true" } } };
        await http.SendAsync(quiet);

        await host.RunAsync();

        Assert.That(receiver.Calls, Is.Empty);
    }

    [Test]
    public async Task A_thin_webhook_gets_ids_and_one_that_would_be_too_large_is_thin_too_and_says_so()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        await http.PostAsync("/v1/webhooks", new { url = receiver.Url + "/thin", events = new[] { "customer.created" }, payload = "thin" });
        await http.PostAsync("/v1/webhooks", new { url = receiver.Url + "/full", events = new[] { "order.placed" } });
        var customer = await http.CustomerAsync();
        var order = await http.PostAsync("/v1/orders", new { customer_id = customer, lines = Enumerable.Range(0, 90).Select(n => new { name = new string('x', 190), quantity = 1, unit_price_minor = n }) });

        await host.RunAsync();

        var thin = JsonElement.Parse(receiver.Calls.Single(c => c.Path.EndsWith("thin", StringComparison.Ordinal)).Body);
        Assert.That(thin.GetProperty("data").EnumerateObject().Select(m => (m.Name, m.Value.GetString())), Does.Contain(("id", customer)));
        Assert.That(thin.GetProperty("data").TryGetProperty("name", out _), Is.False);
        Assert.That((thin.Text("payload"), thin.GetProperty("is_too_large").GetBoolean()), Is.EqualTo(("thin", false)));
        var large = receiver.Calls.Single(c => c.Path.EndsWith("full", StringComparison.Ordinal)).Body;
        Assert.That(Encoding.UTF8.GetByteCount(large), Is.LessThan(20_000));
        var said = JsonElement.Parse(large);
        Assert.That((said.Text("payload"), said.GetProperty("is_too_large").GetBoolean(), said.GetProperty("data").Text("id")), Is.EqualTo(("thin", true, order.Text("id"))));
    }

    [Test]
    public async Task It_is_tried_again_by_the_schedule_and_then_given_up_aloud()
    {
        await using var receiver = await Receiver.StartAsync(call => call.Answer(500, "<script>no</script>"));
        var http = await host.TenantAsync();
        var webhook = await http.WebhookAsync(receiver.Url, "customer.created");
        await http.CustomerAsync();
        TimeSpan[] delays = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24)];

        await host.RunAsync();
        foreach (var delay in delays)
        {
            var before = receiver.Calls.Count;
            host.Clock.Advance(delay - TimeSpan.FromSeconds(1));
            await host.RunAsync();
            Assert.That(receiver.Calls, Has.Count.EqualTo(before), $"before {delay}");
            host.Clock.Advance(delay / 4 + TimeSpan.FromSeconds(1));
            await host.RunAsync();
            Assert.That(receiver.Calls, Has.Count.EqualTo(before + 1), $"after {delay}");
        }
        host.Clock.Advance(TimeSpan.FromDays(2));
        await host.RunAsync();

        Assert.That(receiver.Calls, Has.Count.EqualTo(10));
        Assert.That(receiver.Calls.Select(c => c.Headers["webhook-id"]).Distinct().Count(), Is.EqualTo(1));
        Assert.That(receiver.Calls.Select(c => c.Body).Distinct().Count(), Is.EqualTo(1));
        Assert.That(receiver.Calls.Select(c => c.Headers["webhook-timestamp"]).Distinct().Count(), Is.EqualTo(10));
        var delivery = (await http.DeliveriesAsync(webhook)).Single();
        Assert.That(delivery.Text("status"), Is.EqualTo("exhausted"));
        var shown = await http.ShowAsync($"/v1/webhooks/{webhook}/deliveries/{delivery.Text("id")}");
        Assert.That(shown.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("status").GetInt32()), Is.EqualTo(Enumerable.Repeat(500, 10)));
        Assert.That(shown.GetProperty("attempts")[0].Text("answer"), Is.EqualTo("<script>no</script>"));
        var events = await http.ShowAsync("/v1/events?filter[type][eq]=webhook.exhausted");
        Assert.That(events.GetProperty("data")[0].GetProperty("data").Text("delivery_id"), Is.EqualTo(delivery.Text("id")));
    }

    [Test]
    public async Task Neither_a_redirect_nor_silence_is_success_and_the_schedule_goes_on_to_it()
    {
        var calls = 0;
        await using var receiver = await Receiver.StartAsync(call => Interlocked.Increment(ref calls) switch
        {
            1 => call.Answer(302, "", ("Location", "http://127.0.0.1:1/elsewhere")),
            2 => call.HangAsync(),
            _ => call.Answer(200, "ok"),
        });
        var http = await host.TenantAsync();
        var webhook = await http.WebhookAsync(receiver.Url, "customer.created");
        await http.CustomerAsync();

        for (var i = 0; i < 3; i++)
        {
            await host.RunAsync();
            host.Clock.Advance(TimeSpan.FromMinutes(7));
        }

        var delivery = (await http.DeliveriesAsync(webhook)).Single();
        Assert.That(delivery.Text("status"), Is.EqualTo("delivered"));
        var attempts = (await http.ShowAsync($"/v1/webhooks/{webhook}/deliveries/{delivery.Text("id")}")).GetProperty("attempts").EnumerateArray().Reverse().ToArray();
        Assert.That(attempts.Select(a => a.GetProperty("status").ToString()), Is.EqualTo(new[] { "302", "", "200" }));
        Assert.That(attempts[1].Text("error"), Is.EqualTo("timeout"));
    }

    [Test]
    public async Task Retry_After_is_honoured()
    {
        var calls = 0;
        await using var receiver = await Receiver.StartAsync(call => Interlocked.Increment(ref calls) == 1 ? call.Answer(429, "", ("Retry-After", "120")) : call.Answer(204, ""));
        var http = await host.TenantAsync();
        await http.WebhookAsync(receiver.Url, "customer.created");
        await http.CustomerAsync();

        await host.RunAsync();
        await http.CustomerAsync("Meanwhile");
        host.Clock.Advance(TimeSpan.FromSeconds(119));
        await host.RunAsync();
        Assert.That(receiver.Calls, Has.Count.EqualTo(1), "Nothing is sent while the endpoint asks for a pause.");
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        await host.RunAsync();

        Assert.That(receiver.Calls, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task An_endpoint_that_is_gone_is_unsubscribed_at_once()
    {
        await using var receiver = await Receiver.StartAsync(call => call.Answer(410, ""));
        var http = await host.TenantAsync();
        var webhook = await http.WebhookAsync(receiver.Url, "customer.created");
        await http.CustomerAsync();

        await host.RunAsync();
        await http.CustomerAsync("Later");
        await host.RunAsync();

        Assert.That(receiver.Calls, Has.Count.EqualTo(1));
        var shown = await http.ShowAsync($"/v1/webhooks/{webhook}");
        Assert.That((shown.Text("status"), shown.Text("disabled_reason")), Is.EqualTo(("disabled", "gone")));
        Assert.That((await http.DeliveriesAsync(webhook)).Single().Text("status"), Is.EqualTo("held"));
        Assert.That((await http.ShowAsync("/v1/events?filter[type][eq]=webhook.disabled")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Five_days_of_nothing_but_failures_disable_it_and_a_replay_sends_all_that_was_missed()
    {
        await using var receiver = await Receiver.StartAsync(call => call.Answer(503, ""));
        var http = await host.TenantAsync();
        var webhook = await http.WebhookAsync(receiver.Url, "customer.*");
        for (var day = 0; day < 7; day++)
        {
            await http.CustomerAsync($"Day {day}");
            await host.RunAsync();
            host.Clock.Advance(TimeSpan.FromHours(24));
        }
        await host.RunAsync();
        Assert.That((await http.ShowAsync($"/v1/webhooks/{webhook}")).Text("disabled_reason"), Is.EqualTo("failing"));
        Assert.That(await http.DeliveriesAsync(webhook), Has.Length.EqualTo(7), "Nothing is dropped.");

        receiver.OnCall = call => call.Answer(200, "");
        await http.PatchAsJsonAsync($"/v1/webhooks/{webhook}", new { status = "enabled" });
        var replay = await http.PostAsync($"/v1/webhooks/{webhook}/replays", new { statuses = new[] { "held", "exhausted", "pending" } });
        await host.RunAsync();

        Assert.That((await http.DeliveriesAsync(webhook)).Select(d => d.Text("status")), Is.All.EqualTo("delivered"));
        var ended = await http.ShowAsync($"/v1/webhooks/{webhook}/replays/{replay.Text("id")}");
        Assert.That((ended.Text("status"), ended.GetProperty("found_count").GetInt32(), ended.GetProperty("progress").GetDouble()), Is.EqualTo(("finished", 7, 1d)));
    }

    [Test]
    public async Task A_replay_of_a_time_sends_what_happened_then_with_the_same_ids()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        await http.CustomerAsync("Too early");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var from = host.Clock.GetUtcNow();
        await http.CustomerAsync("Before the webhook");
        var webhook = await http.WebhookAsync(receiver.Url, "customer.created");
        await http.CustomerAsync("After");
        await host.RunAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        await http.PostAsync($"/v1/webhooks/{webhook}/replays", new { from, to = host.Clock.GetUtcNow() });
        await host.RunAsync();

        var names = receiver.Calls.Select(c => JsonElement.Parse(c.Body)).Select(m => m.GetProperty("data").Text("name"));
        Assert.That(names, Is.EquivalentTo(new[] { "After", "After", "Before the webhook" }));
        Assert.That(receiver.Calls.Select(c => c.Headers["webhook-id"]).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_delivery_is_resent_on_request_and_a_test_event_is_sent_like_a_real_one()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        var webhook = await http.WebhookAsync(receiver.Url, "customer.created");
        await http.CustomerAsync();
        await host.RunAsync();
        var delivery = (await http.DeliveriesAsync(webhook)).Single().Text("id");

        await http.PostAsync($"/v1/webhooks/{webhook}/deliveries/{delivery}/resend", new { });
        var test = await http.PostAsync($"/v1/webhooks/{webhook}/test", new { type = "order.paid" });
        await host.RunAsync();

        Assert.That(receiver.Calls, Has.Count.EqualTo(3));
        Assert.That(receiver.Calls[0].Headers["webhook-id"], Is.EqualTo(receiver.Calls.Skip(1).Single(c => c.Body.Contains("customer.created", StringComparison.Ordinal)).Headers["webhook-id"]));
        var tested = JsonElement.Parse(receiver.Calls.Single(c => c.Body.Contains("order.paid", StringComparison.Ordinal)).Body);
        Assert.That(tested.GetProperty("data").Text("id"), Does.StartWith("ord_"));
        Assert.That((await http.ShowAsync($"/v1/webhooks/{webhook}/deliveries/{test.Text("id")}")).Text("status"), Is.EqualTo("delivered"));
    }

    [Test]
    public async Task While_a_secret_is_rotated_both_sign()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        var made = await http.PostAsync("/v1/webhooks", new { url = receiver.Url, events = new[] { "customer.created" } });
        var rotated = await http.PostAsync($"/v1/webhooks/{made.Text("id")}/secret_rotations", new { overlap_hours = 1 });
        await http.CustomerAsync();
        await host.RunAsync();
        host.Clock.Advance(TimeSpan.FromHours(2));
        await http.CustomerAsync();
        await host.RunAsync();

        Assert.That(receiver.Calls[0].Headers["webhook-signature"], Is.EqualTo($"{SignatureOf(rotated.Text("secret"), receiver.Calls[0])} {SignatureOf(made.Text("secret"), receiver.Calls[0])}"));
        Assert.That(receiver.Calls[1].Headers["webhook-signature"], Is.EqualTo(SignatureOf(rotated.Text("secret"), receiver.Calls[1])));
    }

    [Test]
    public async Task An_endpoint_that_hangs_delays_nobody()
    {
        await using var dead = await Receiver.StartAsync(call => call.HangAsync());
        var answered = new TaskCompletionSource();
        await using var alive = await Receiver.StartAsync(call =>
        {
            answered.TrySetResult();
            return call.Answer(204, "");
        });
        var http = await host.TenantAsync();
        await http.WebhookAsync(dead.Url, "customer.created");
        await http.WebhookAsync(alive.Url, "customer.created");
        await http.CustomerAsync();

        var running = host.RunAsync();
        await answered.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(running.IsCompleted, Is.False, "The dead one is still waited for.");
        await running;
    }

    [Test]
    public async Task An_endpoint_that_fails_gets_one_probe_at_a_time_and_then_all_that_waits()
    {
        await using var receiver = await Receiver.StartAsync(call => call.Answer(500, ""));
        var http = await host.TenantAsync();
        var webhook = await http.WebhookAsync(receiver.Url, "customer.created");
        for (var i = 0; i < 30; i++) await http.CustomerAsync($"{i}");
        await host.RunAsync();
        Assert.That(receiver.Calls, Has.Count.EqualTo(10), "The rest waits.");

        host.Clock.Advance(TimeSpan.FromSeconds(6));
        await host.RunAsync();
        Assert.That(receiver.Calls, Has.Count.EqualTo(11), "One probe.");

        receiver.OnCall = call => call.Answer(200, "");
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await host.RunAsync();
        Assert.That((await http.DeliveriesAsync(webhook)).Select(d => d.Text("status")), Is.All.EqualTo("delivered").And.Exactly(30).Items);
    }

    [Test]
    public async Task A_lease_whose_holder_died_is_taken_over_and_what_the_dead_one_says_later_changes_nothing()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        var webhook = await http.WebhookAsync(receiver.Url, "customer.created");
        await http.CustomerAsync();
        await host.Services.GetRequiredService<Bus>().RunDueAsync(default);
        var claims = host.Services.GetRequiredService<WebhookClaims>();
        var dead = (await claims.TakeAsync(default)).Single();
        Assert.That(await claims.TakeAsync(default), Is.Empty, "It is taken.");

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.RunAsync();
        Assert.That(receiver.Calls, Has.Count.EqualTo(1));
        Assert.That(await host.Services.GetRequiredService<WebhookSender>().ServeAsync(dead, default), Is.Zero);

        Assert.That((await http.DeliveriesAsync(webhook)).Single().GetProperty("attempt_count").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task No_secret_of_the_URL_is_in_an_event()
    {
        await using var receiver = await Receiver.StartAsync(call => call.Answer(410, ""));
        var http = await host.TenantAsync();
        var secretPart = "T0000AbCdEfGhIjKlMnOpQrStUv1234";
        await http.WebhookAsync($"{receiver.Url}/{secretPart}", "customer.created");
        await http.CustomerAsync();
        await host.RunAsync();

        var events = await http.GetStringAsync("/v1/events?limit=100");

        Assert.That(events, Does.Contain("webhook.disabled").And.Contain("/hooks/T000…").And.Not.Contain(secretPart));
    }

    [Test]
    public async Task Samples_have_the_keys_that_deliveries_have_whether_they_happened_or_are_made_up()
    {
        await using var receiver = await Receiver.StartAsync();
        var http = await host.TenantAsync();
        await http.WebhookAsync(receiver.Url, "customer.created", "order.placed");
        var madeUp = (await http.ShowAsync("/v1/webhooks/samples/customer.created")).GetProperty("data")[0];
        var madeUpOrder = (await http.ShowAsync("/v1/webhooks/samples/order.placed")).GetProperty("data")[0];
        var customer = await http.CustomerAsync();
        await http.PostAsync("/v1/orders", new { customer_id = customer, lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });
        await host.RunAsync();
        var real = (await http.ShowAsync("/v1/webhooks/samples/customer.created")).GetProperty("data")[0];

        var delivered = JsonElement.Parse(receiver.Calls.Single(c => c.Body.Contains("customer.created", StringComparison.Ordinal)).Body);
        var deliveredOrder = JsonElement.Parse(receiver.Calls.Single(c => c.Body.Contains("order.placed", StringComparison.Ordinal)).Body);
        Assert.That(JsonElement.DeepEquals(real, delivered), Is.True, "A sample is what was delivered.");
        Assert.That(KeysOf(madeUp), Is.EqualTo(KeysOf(delivered)));
        Assert.That(KeysOf(madeUp.GetProperty("data")), Is.EqualTo(KeysOf(delivered.GetProperty("data"))));
        Assert.That(KeysOf(madeUpOrder.GetProperty("data")), Is.EqualTo(KeysOf(deliveredOrder.GetProperty("data"))));
        Assert.That(KeysOf(madeUpOrder.GetProperty("data").GetProperty("lines")[0]), Is.EqualTo(KeysOf(deliveredOrder.GetProperty("data").GetProperty("lines")[0])));
    }

    private static IEnumerable<string> KeysOf(JsonElement element) => element.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal);

    // Written from the standard's text, not from our code.
    private static string SignatureOf(string secret, Receiver.Call call)
    {
        var signed = Encoding.UTF8.GetBytes($"{call.Headers["webhook-id"]}.{call.Headers["webhook-timestamp"]}.{call.Body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
    }
}
