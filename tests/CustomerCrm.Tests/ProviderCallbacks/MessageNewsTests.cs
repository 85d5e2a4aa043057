using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerCrm.Tests.Outbound;

namespace CustomerCrm.Tests.ProviderCallbacks;

public class MessageNewsTests
{
    [Test]
    public async Task A_message_is_delivered_when_the_provider_says_so_in_whatever_order()
    {
        var bench = await CallbackBench.SendGridAsync();
        var message = await PostAsync(bench, new { to = "ada@example.com", channel = "email", purpose = "transactional", content = new { subject = "Your order", text = "It is on its way." } });
        await TestApi.RunJobsAsync();
        var sent = await StateAsync(bench, message);

        await bench.SendGridSaysAsync($"[{Event("open", "2", message)},{Event("delivered", "1", message)}]");
        var opened = await StateAsync(bench, message);
        await bench.SendGridSaysAsync($"[{Event("spamreport", "3", message)}]");

        Assert.That((sent, opened, await StateAsync(bench, message)), Is.EqualTo(("sent", "opened", "complained")));
    }

    [Test]
    public async Task A_text_message_whose_answer_was_lost_is_known_when_twilio_reports_and_never_sent_twice()
    {
        var bench = await CallbackBench.TwilioAsync();
        TestApi.Providers.Of(bench.Account).Will(Day.Reset);
        var message = await PostAsync(bench, new { to = "+4915112345678", channel = "sms", purpose = "transactional", content = new { sms = "It is on its way." } });
        await TestApi.RunJobsAsync();
        await TestApi.RunJobsAsync();

        Assert.That(await StateAsync(bench, message), Is.EqualTo("unknown"));
        Assert.That(TestApi.Providers.Of(bench.Account).Messages, Has.Count.EqualTo(1), "reset_after_accept: exactly one");
    }

    [Test]
    public async Task An_email_whose_answer_is_lost_goes_twice_at_most_and_looks_like_one()
    {
        var bench = await CallbackBench.SendGridAsync();
        TestApi.Providers.Of(bench.Account).Will(Day.Reset);
        await PostAsync(bench, new { to = "ada@example.com", channel = "email", purpose = "transactional", content = new { subject = "Your order", text = "It is on its way." } });
        for (var i = 0; i < 4; i++) await TestApi.RunJobsAsync();

        var bodies = TestApi.Providers.Of(bench.Account).Messages.Select(m => JsonDocument.Parse(m.Body).RootElement).ToList();
        Assert.That(bodies, Has.Count.InRange(1, 2));
        Assert.That(bodies.Select(b => b.GetProperty("headers").GetProperty("Message-ID").GetString()).Distinct(), Has.Exactly(1).Items);
        Assert.That(bodies.Select(b => b.GetProperty("personalizations")[0].GetProperty("custom_args").GetProperty("dedupe_id").GetString()).Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public async Task Who_said_stop_to_twilio_itself_is_written_to_no_more()
    {
        var bench = await CallbackBench.TwilioAsync();
        TestApi.Providers.Of(bench.Account).Will(Day.Stopped);
        object Message() => new { to = "+4915112345678", channel = "sms", purpose = "transactional", content = new { sms = "It is on its way." } };

        var first = await PostAsync(bench, Message());
        await TestApi.RunJobsAsync();
        var second = await PostAsync(bench, Message());

        Assert.That((await StateAsync(bench, first), await StateAsync(bench, second)), Is.EqualTo(("failed", "refused")));
        Assert.That(await bench.SuppressedAsync(), Is.EqualTo(new[] { 3 }));
    }

    [Test]
    public async Task An_answer_names_the_message_that_it_answers()
    {
        var bench = await CallbackBench.SendGridAsync();
        var message = await PostAsync(bench, new { to = "ada@example.com", channel = "email", purpose = "transactional", content = new { subject = "Your order", text = "It is on its way." } });
        await TestApi.RunJobsAsync();
        var id = JsonDocument.Parse(TestApi.Providers.Of(bench.Account).Messages.Single().Body).RootElement.GetProperty("headers").GetProperty("Message-ID").GetString();

        await bench.PostAsync("inbound_raw_url", new ByteArrayContent(Encoding.ASCII.GetBytes($"From: ada@example.com\r\nSubject: Re: Your order\r\nMessage-ID: <a@x>\r\nIn-Reply-To: {id}\r\n\r\nThanks!")));

        Assert.That((await bench.InteractionsAsync()).Single().GetProperty("outcome").GetString(), Is.EqualTo($"answers {message}"));
    }

    [Test]
    public async Task Stop_and_help_are_answered_in_the_customers_language()
    {
        var (bench, phone) = (await CallbackBench.TwilioAsync(answersKeywords: false), $"+4915{Random.Shared.NextInt64(100_000_000, 999_999_999)}");
        await bench.Tenant.CreateAsync<JsonElement>("/v1/customers", new { phone, language = "de" });

        await bench.TwilioSaysAsync("inbound_sms_url", ("MessageSid", "SM1"), ("From", phone), ("Body", "HILFE"));
        var stopped = await bench.TwilioSaysAsync("inbound_sms_url", ("MessageSid", "SM2"), ("From", phone), ("Body", "Stopp"));

        var help = (await bench.Tenant.GetAsync<JsonElement>("/v1/messages")).GetProperty("data").EnumerateArray().Single();
        Assert.That(help.GetProperty("title").GetString(), Does.StartWith("Acme: Nachrichten zu Ihren Bestellungen"));
        Assert.That(await stopped.Content.ReadAsStringAsync(), Does.Contain("Acme: Sie bekommen keine Nachrichten mehr."));
    }

    [Test]
    public async Task Help_is_answered_through_the_door_with_the_tenants_name()
    {
        var (bench, phone) = (await CallbackBench.TwilioAsync(answersKeywords: false), $"+4915{Random.Shared.NextInt64(100_000_000, 999_999_999)}");

        await bench.TwilioSaysAsync("inbound_sms_url", ("MessageSid", "SM1"), ("From", phone), ("Body", "HELP"));

        var message = (await bench.Tenant.GetAsync<JsonElement>("/v1/messages")).GetProperty("data").EnumerateArray().Single();
        Assert.That((message.GetProperty("to").GetString(), message.GetProperty("purpose").GetString(), message.GetProperty("reason").GetProperty("kind").GetString()), Is.EqualTo((phone, "service", "sms_keyword")));
        Assert.That(message.GetProperty("title").GetString(), Does.StartWith("Acme: "));
    }

    private static async Task<string> PostAsync(CallbackBench bench, object message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = JsonContent.Create(message) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return (await TestTenant.ReadAsync<JsonElement>(await bench.Tenant.Http.SendAsync(request))).GetProperty("id").GetString()!;
    }

    private static async Task<string> StateAsync(CallbackBench bench, string message) => (await bench.Tenant.GetAsync<JsonElement>($"/v1/messages/{message}")).GetProperty("state").GetString()!;

    private static string Event(string name, string id, string message) =>
        $$"""{"event":"{{name}}","email":"ada@example.com","timestamp":{{TestApi.Clock.GetUtcNow().ToUnixTimeSeconds()}},"sg_event_id":"{{id}}","dedupe_id":"{{message}}"}""";
}
