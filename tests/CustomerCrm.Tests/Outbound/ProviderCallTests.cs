using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CustomerCrm.Platform.Outbound;
using static CustomerCrm.Tests.Outbound.StubProvider;

namespace CustomerCrm.Tests.Outbound;

/// <summary>Every bad day of a provider, held against what we say of it and against how many messages the provider has by then.</summary>
public class ProviderCallTests
{
    [TestCase(Day.Good, SendResult.Accepted, null, 1)]
    [TestCase(Day.Reset, SendResult.Unknown, "connection_lost", 1)]
    [TestCase(Day.Hang, SendResult.Unknown, "timeout", 1)]
    [TestCase(Day.Broken, SendResult.Unknown, "http_500", 1)]
    [TestCase(Day.Refusing, SendResult.Refused, "twilio_21211", 1)]
    [TestCase(Day.Locked, SendResult.Refused, "credentials_refused", 1)]
    [TestCase(Day.Redirecting, SendResult.Refused, "redirected", 1)]
    [TestCase(Day.Html, SendResult.Unknown, "answer_unreadable", 1)]
    [TestCase(Day.WrongTypes, SendResult.Unknown, "answer_unreadable", 1)]
    [TestCase(Day.Huge, SendResult.Unknown, "answer_unreadable", 1)]
    [TestCase(Day.Drip, SendResult.Unknown, "answer_unreadable", 1)]
    [TestCase(Day.Throttled, SendResult.NotSent, "rate_limited", 3)]
    [TestCase(Day.ThrottledLong, SendResult.NotSent, "rate_limited", 1)]
    [TestCase(Day.ThrottledSilently, SendResult.NotSent, "rate_limited", 1)]
    public async Task A_text_message_is_handed_over_once_whatever_happens(Day day, SendResult result, string? code, int calls)
    {
        await using var bench = await SendBench.StartAsync();
        bench.Stub.Of(bench.AccountSid).Will(day);

        var outcome = await bench.Sms().SendAsync(SendBench.Text, default);

        Assert.That((outcome.Result, outcome.Code), Is.EqualTo((result, code)));
        Assert.That(bench.Stub.Of(bench.AccountSid).Messages, Has.Count.EqualTo(calls), "only what is refused for a moment is tried again");
    }

    [TestCase(Day.Good, SendResult.Accepted, null, 1)]
    [TestCase(Day.Reset, SendResult.Unknown, "connection_lost", 1)]
    [TestCase(Day.Hang, SendResult.Unknown, "timeout", 1)]
    [TestCase(Day.Broken, SendResult.Unknown, "http_500", 1)]
    [TestCase(Day.Refusing, SendResult.Refused, "http_400", 1)]
    [TestCase(Day.Locked, SendResult.Refused, "credentials_refused", 1)]
    [TestCase(Day.Redirecting, SendResult.Refused, "redirected", 1)]
    [TestCase(Day.Html, SendResult.Unknown, "answer_unexpected", 1)]
    [TestCase(Day.Huge, SendResult.Unknown, "answer_unexpected", 1)]
    [TestCase(Day.Drip, SendResult.Unknown, "answer_unexpected", 1)]
    [TestCase(Day.Throttled, SendResult.NotSent, "rate_limited", 3)]
    [TestCase(Day.ThrottledLong, SendResult.NotSent, "rate_limited", 1)]
    public async Task An_email_is_handed_over_once_by_one_call(Day day, SendResult result, string? code, int calls)
    {
        await using var bench = await SendBench.StartAsync();
        bench.Stub.Of(bench.Key).Will(day);

        var outcome = await bench.Email().SendAsync(SendBench.Letter, default);

        Assert.That((outcome.Result, outcome.Code), Is.EqualTo((result, code)));
        Assert.That(bench.Stub.Of(bench.Key).Messages, Has.Count.EqualTo(calls));
    }

    [Test]
    public async Task A_second_try_of_an_email_has_the_same_message_id_and_dedupe_id()
    {
        await using var bench = await SendBench.StartAsync();
        bench.Stub.Of(bench.Key).Will(Day.Reset, Day.Good);

        var outcomes = new[] { await bench.Email().SendAsync(SendBench.Letter, default), await bench.Email().SendAsync(SendBench.Letter, default) };

        Assert.That(outcomes.Select(o => o.Result), Is.EqualTo(new[] { SendResult.Unknown, SendResult.Accepted }));
        Assert.That(bench.Stub.Of(bench.Key).Messages.Select(m => m.Body).Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public async Task A_throttled_provider_is_asked_again_and_a_long_wait_is_handed_up()
    {
        await using var bench = await SendBench.StartAsync();
        bench.Stub.Of(bench.AccountSid).Will(Day.Throttled, Day.Good);
        bench.Stub.Of(bench.Key).Will(Day.ThrottledLong);

        Assert.That((await bench.Sms().SendAsync(SendBench.Text, default)).ProviderMessageId, Is.EqualTo(Account.Sid));
        Assert.That((await bench.Email().SendAsync(SendBench.Letter, default)).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(120)));
    }

    [Test]
    public async Task A_provider_that_refuses_connections_has_sent_nothing_and_is_tried_again()
    {
        await using var bench = await SendBench.StartAsync();
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var outcome = await bench.Sms($"http://127.0.0.1:{port}").SendAsync(SendBench.Text, default);

        Assert.That((outcome.Result, outcome.Code), Is.EqualTo((SendResult.NotSent, "connect_failed")));
    }

    [Test]
    public async Task A_name_that_is_none_and_a_server_without_tls_have_sent_nothing()
    {
        await using var bench = await SendBench.StartAsync();

        var nameless = await bench.Email("http://provider.invalid").SendAsync(SendBench.Letter, default);
        var plain = await bench.Email(bench.Stub.Url.Replace("http:", "https:", StringComparison.Ordinal)).SendAsync(SendBench.Letter, default);

        Assert.That((nameless.Result, plain.Result), Is.EqualTo((SendResult.NotSent, SendResult.NotSent)));
        Assert.That(plain.Code, Is.EqualTo("tls_failed"));
        Assert.That(bench.Stub.Of(bench.Key).Messages, Is.Empty);
    }

    [TestCase(Day.Huge, Huge / 2)]
    [TestCase(Day.Drip, Drops / 2)]
    public async Task An_answer_without_end_costs_neither_memory_nor_time(Day day, int much)
    {
        await using var bench = await SendBench.StartAsync();
        bench.Stub.Of(bench.AccountSid).Will(day);

        await bench.Sms().SendAsync(SendBench.Text, default);

        Assert.That(bench.Stub.Of(bench.AccountSid).Poured, Is.LessThan(much), "what is not read stays with the provider, but for the buffers between");
    }

    [Test]
    public async Task Whoever_gives_up_hears_nothing_false()
    {
        await using var bench = await SendBench.StartAsync();
        bench.Stub.Of(bench.AccountSid).Will(Day.Hang);
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Assert.ThrowsAsync<OperationCanceledException>(() => bench.Sms(times: new SendTimes()).SendAsync(SendBench.Text, giveUp.Token));
    }

    [Test]
    public async Task What_sendgrid_gets_is_the_whole_letter_with_the_trace()
    {
        await using var bench = await SendBench.StartAsync();

        await bench.Email().SendAsync(SendBench.Letter, default);

        var taken = bench.Stub.Of(bench.Key).Messages.Single();
        var body = JsonDocument.Parse(taken.Body).RootElement;
        Assert.That(taken.Path, Is.EqualTo("/v3/mail/send"));
        Assert.That(taken.Headers["traceparent"], Does.Match("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$"));
        Assert.That(body.GetProperty("personalizations")[0].GetProperty("custom_args").GetProperty("dedupe_id").GetString(), Is.EqualTo("msg_1"));
        Assert.That(body.GetProperty("headers").GetProperty("Message-ID").GetString(), Is.EqualTo("<msg_1@shop.example>"));
        Assert.That(body.GetProperty("headers").GetProperty("List-Unsubscribe").GetString(), Does.StartWith("<https://"));
        Assert.That(body.GetProperty("content").EnumerateArray().Select(c => c.GetProperty("type").GetString()), Is.EqualTo(new[] { "text/plain", "text/html" }));
        Assert.That(body.GetProperty("from").GetProperty("name").GetString(), Is.EqualTo("The Tea Shop"));
    }

    [Test]
    public async Task A_call_belongs_to_the_trace_of_who_makes_it()
    {
        await using var bench = await SendBench.StartAsync();
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        await bench.Sms().SendAsync(SendBench.Text, default);

        Assert.That(bench.Stub.Of(bench.AccountSid).Messages.Single().Headers["traceparent"], Does.Contain(activity.TraceId.ToHexString()));
    }

    [Test]
    public async Task Twilio_is_told_where_to_report_and_asked_for_what_was_lost()
    {
        await using var bench = await SendBench.StartAsync();
        var sms = bench.Sms();
        await sms.SendAsync(SendBench.Text, default);
        var account = bench.Stub.Of(bench.AccountSid);
        var at = new DateTimeOffset(2026, 11, 26, 23, 59, 0, TimeSpan.Zero);
        account.Found = $$"""
            {"messages":[
              {"sid":"SM00000000000000000000000000000009","body":"It is on its way.","direction":"outbound-api","status":"delivered","date_created":"Thu, 26 Nov 2026 22:00:00 +0000"},
              {"sid":"SM00000000000000000000000000000008","body":"Another.","direction":"outbound-api","status":"delivered","date_created":"Thu, 26 Nov 2026 23:59:10 +0000"},
              {"sid":"{{Account.Sid}}","body":"It is on its way.","direction":"outbound-api","status":"sent","date_created":"Thu, 26 Nov 2026 23:59:02 +0000"}]}
            """;

        var found = await sms.FindAsync("+4915112345678", at, "It is on its way.", default);
        account.Found = """{"messages":"none"}""";
        var nothing = await sms.FindAsync("+4915112345678", at, "It is on its way.", default);

        Assert.That(account.Messages.Single().Body, Is.EqualTo("To=%2B4915112345678&Body=It+is+on+its+way.&From=%2B15005550006&StatusCallback=https%3A%2F%2Fcrm.example%2Fcallbacks%2Ftwilio%2Fstatus%2Fx"));
        Assert.That(account.Messages.Single().Path, Is.EqualTo($"/2010-04-01/Accounts/{bench.AccountSid}/Messages.json"));
        Assert.That(Uri.UnescapeDataString(account.Looks[0].Query), Is.EqualTo("?To=+4915112345678&DateSent>=2026-11-26&PageSize=100"));
        Assert.That(found, Is.EqualTo(SendOutcome.Accepted(Account.Sid)));
        Assert.That(nothing, Is.Null);
    }

    [Test]
    public async Task A_lost_text_message_that_failed_at_the_provider_is_known_as_failed()
    {
        await using var bench = await SendBench.StartAsync();
        bench.Stub.Of(bench.AccountSid).Found = $$"""
            {"messages":[{"sid":"{{Account.Sid}}","body":"It is on its way.","direction":"outbound-api","status":"undelivered","error_code":30005,"date_created":"Thu, 26 Nov 2026 23:59:02 +0000"}]}
            """;

        var found = await bench.Sms().FindAsync("+4915112345678", new DateTimeOffset(2026, 11, 26, 23, 59, 0, TimeSpan.Zero), "It is on its way.", default);

        Assert.That((found!.Result, found.Code), Is.EqualTo((SendResult.Refused, "twilio_30005")));
    }
}
