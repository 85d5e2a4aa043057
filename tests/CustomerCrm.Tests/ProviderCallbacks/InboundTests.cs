using System.Net;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.ProviderCallbacks;

public class InboundTests
{
    private const int Stop = 3, Manual = 4;

    [Test]
    public async Task A_text_message_becomes_an_interaction_of_its_sender_once()
    {
        var (bench, phone) = (await CallbackBench.TwilioAsync(), Phone());
        var known = (await bench.Tenant.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada", phone })).GetProperty("id").GetString();

        for (var i = 0; i < 2; i++)
        {
            var answer = await bench.TwilioSaysAsync("inbound_sms_url", ("MessageSid", "SM1"), ("From", phone), ("Body", "Wo bleibt mein Tee?"), ("NumMedia", "1"));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.EndWith("<Response></Response>"));
        }

        var interaction = (await bench.InteractionsAsync()).Single();
        Assert.That(interaction.GetProperty("customer_id").GetString(), Is.EqualTo(known));
        Assert.That((Text(interaction, "channel"), Text(interaction, "direction"), Text(interaction, "body")), Is.EqualTo(("sms", "inbound", "Wo bleibt mein Tee?\n\n[Left out: media]")));
    }

    [Test]
    public async Task Stop_suppresses_withdraws_and_is_confirmed_once_where_the_provider_does_not()
    {
        var (bench, phone) = (await CallbackBench.TwilioAsync(answersKeywords: false), Phone());

        var first = await bench.TwilioSaysAsync("inbound_sms_url", ("MessageSid", "SM1"), ("From", phone), ("Body", "Stop."));
        var again = await bench.TwilioSaysAsync("inbound_sms_url", ("MessageSid", "SM2"), ("From", phone), ("Body", "STOP"));

        Assert.That(await first.Content.ReadAsStringAsync(), Does.Contain("<Message>Acme: you will get no more messages."));
        Assert.That(await again.Content.ReadAsStringAsync(), Does.Not.Contain("<Message>"));
        Assert.That(await bench.SuppressedAsync(), Is.EqualTo(new[] { Stop }));
        Assert.That(await StatesAsync(bench), Is.EqualTo(new[] { (2, 3), (3, 3) }), "service and marketing are withdrawn");
        Assert.That(await bench.InteractionsAsync(), Has.Length.EqualTo(2), "what was said is kept");
    }

    [Test]
    public async Task A_provider_that_answers_itself_is_not_doubled_and_its_own_words_hold()
    {
        var (bench, phone) = (await CallbackBench.TwilioAsync(), Phone());

        var answer = await bench.TwilioSaysAsync("inbound_sms_url", ("MessageSid", "SM1"), ("From", phone), ("Body", "Bitte Schluss"), ("OptOutType", "STOP"));

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain("<Message>"));
        Assert.That(await bench.SuppressedAsync(), Is.EqualTo(new[] { Stop }));
    }

    [Test]
    public async Task Start_gives_back_what_stop_took_and_no_more()
    {
        var (bench, phone) = (await CallbackBench.TwilioAsync(), Phone());
        var customer = (await bench.Tenant.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada", phone })).GetProperty("id").GetString();
        await bench.Tenant.CreateAsync<JsonElement>($"/v1/customers/{customer}/consents", new { purpose = "marketing", channel = "sms", state = "granted", source = "checkout" });

        await bench.TwilioSaysAsync("inbound_sms_url", ("MessageSid", "SM1"), ("From", phone), ("Body", "STOP"));
        await bench.TwilioSaysAsync("inbound_sms_url", ("MessageSid", "SM2"), ("From", phone), ("Body", "START"));

        Assert.That(await bench.SuppressedAsync(), Is.Empty);
        Assert.That(await StatesAsync(bench), Is.EqualTo(new[] { (2, 3), (3, 1) }), "service was never asked for, marketing was");
    }

    [Test]
    public async Task Start_does_not_lift_what_somebody_suppressed_by_hand()
    {
        var (bench, phone) = (await CallbackBench.TwilioAsync(), Phone());
        await bench.Tenant.CreateAsync<JsonElement>("/v1/suppressions", new { channel = "sms", address = phone });

        await bench.TwilioSaysAsync("inbound_sms_url", ("MessageSid", "SM1"), ("From", phone), ("Body", "START"));

        Assert.That(await bench.SuppressedAsync(), Is.EqualTo(new[] { Manual }));
    }

    [Test]
    public async Task An_email_becomes_an_interaction_of_a_customer_who_is_made_once()
    {
        var bench = await CallbackBench.SendGridAsync();
        var mail = Encoding.Latin1.GetBytes("From: =?utf-8?Q?J=C3=B6rg?= <joerg@example.com>\r\nSubject: Frage\r\nMessage-ID: <a@mail.example>\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nSch\u00f6n!");

        for (var i = 0; i < 2; i++) Assert.That((await bench.PostAsync("inbound_raw_url", new ByteArrayContent(mail))).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        var interaction = (await bench.InteractionsAsync()).Single();
        var customer = await bench.Tenant.GetAsync<JsonElement>($"/v1/customers/{Text(interaction, "customer_id")}");
        Assert.That((Text(customer, "name"), Text(customer, "email")), Is.EqualTo(("Jörg", "joerg@example.com")));
        Assert.That((Text(interaction, "subject"), Text(interaction, "body"), Text(interaction, "external_id")), Is.EqualTo(("Frage", "Schön!", "a@mail.example")));
    }

    [Test]
    public async Task Inbound_parse_is_read_whole_and_taken_apart()
    {
        var bench = await CallbackBench.SendGridAsync();
        using var whole = new MultipartFormDataContent { { new StringContent("From: ada@example.com\r\nMessage-ID: <a@x>\r\nSubject: Whole\r\n\r\nHello"), "email" }, { new StringContent("ada@example.com"), "from" } };
        using var apart = new MultipartFormDataContent
        {
            { new StringContent("Received: by x\nMessage-ID: <b@x>\nContent-Type: multipart/mixed; boundary=q\nSubject: Apart\nFrom: Bob <bob@example.com>\n"), "headers" },
            { new ByteArrayContent([(byte)'S', (byte)'c', (byte)'h', 0xf6, (byte)'n']), "text" },
            { new StringContent("""{"text":"iso-8859-1","subject":"UTF-8"}"""), "charsets" },
            { new ByteArrayContent([1, 2]), "attachment1", "bill.pdf" },
        };

        foreach (var form in new[] { whole, apart }) Assert.That((await bench.PostAsync("inbound_parse_url", form)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        var wrong = await bench.PostAsync("inbound_parse_url", new StringContent("{}"));

        var interactions = (await bench.InteractionsAsync()).ToDictionary(i => Text(i, "subject")!);
        Assert.That(Text(interactions["Whole"], "body"), Is.EqualTo("Hello"));
        Assert.That(Text(interactions["Apart"], "body"), Is.EqualTo("Schön\n\n[Left out: bill.pdf]"));
        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    private static string Phone() => $"+4915{Random.Shared.NextInt64(100_000_000, 999_999_999)}";

    private static string? Text(JsonElement one, string member) => one.GetProperty(member).GetString();

    private static async Task<(int Purpose, int State)[]> StatesAsync(CallbackBench bench)
    {
        IReadOnlyList<StateRow> rows = [];
        await bench.Tenant.WithDbAsync(async db => rows = await db.QueryAsync<StateRow>(States, null, default));
        return [.. rows.Select(r => (r.Purpose, r.State))];
    }

    private sealed record StateRow
    {
        public int Purpose { get; init; }
        public int State { get; init; }
    }

    private static readonly TenantSql States = TenantSql.Of("SELECT s.Purpose, s.State FROM ConsentStates s WHERE s.TenantId = @TenantId AND s.Channel = 2 ORDER BY s.Purpose");
}
