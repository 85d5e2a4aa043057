using System.Net;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.ProviderCallbacks;

public class ReportTests
{
    private const int HardBounce = 1, Complaint = 2;

    [Test]
    public async Task A_hard_bounce_and_a_complaint_suppress_at_once()
    {
        var bench = await CallbackBench.SendGridAsync();

        var answer = await bench.SendGridSaysAsync($"[{Event("bounce", "e1", "ada@example.com")},{Event("spamreport", "e2", "bob@example.com")},{Event("delivered", "e3", "cyd@example.com")}]");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await bench.SuppressedAsync(), Is.EquivalentTo(new[] { HardBounce, Complaint }));
    }

    [Test]
    public async Task The_same_again_and_in_another_order_changes_nothing_more()
    {
        var bench = await CallbackBench.SendGridAsync();
        var (bounce, delivered) = (Event("bounce", "e1", "ada@example.com"), Event("delivered", "e2", "ada@example.com"));

        foreach (var batch in new[] { $"[{bounce},{delivered}]", $"[{delivered},{bounce}]", $"[{bounce},{bounce}]" })
            Assert.That((await bench.SendGridSaysAsync(batch)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That(await bench.SuppressedAsync(), Is.EqualTo(new[] { HardBounce }));
        Assert.That(await ReceiptsAsync(bench), Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_not_signed_is_refused_and_not_stored()
    {
        var (mail, sms) = (await CallbackBench.SendGridAsync(), await CallbackBench.TwilioAsync());
        (string, string)[] status = [("MessageSid", "SM1"), ("MessageStatus", "failed"), ("ErrorCode", "30005"), ("To", "+4915112345678")];

        var answers = new[]
        {
            await mail.SendGridSaysAsync($"[{Event("bounce", "e1", "ada@example.com")}]", isSigned: false),
            await sms.SendFormAsync(sms.UrlOf("status_url"), status, null),
            await sms.SendFormAsync(sms.UrlOf("status_url"), status, "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            await sms.SendFormAsync(sms.UrlOf("inbound_sms_url"), [("MessageSid", "SM1"), ("From", "+4915112345678"), ("Body", "STOP")], null),
        };

        Assert.That(answers.Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await mail.SuppressedAsync(), Is.Empty);
        Assert.That(await sms.SuppressedAsync(), Is.Empty);
        Assert.That((await ReceiptsAsync(mail), await ReceiptsAsync(sms)), Is.EqualTo((0, 0)));
        Assert.That(await sms.InteractionsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_token_opens_its_own_account_and_ends_with_it()
    {
        var (mail, sms) = (await CallbackBench.SendGridAsync(), await CallbackBench.TwilioAsync());
        var mails = mail.UrlOf("events_url").Split('/')[^1];
        var elsewhere = sms.UrlOf("status_url").Replace(sms.UrlOf("status_url").Split('/')[^1], mails, StringComparison.Ordinal);
        (string, string)[] nothing = [("MessageSid", "SM1")];

        var wrong = new[]
        {
            await sms.SendFormAsync(elsewhere, nothing, null),
            await sms.SendFormAsync(sms.UrlOf("status_url")[..^1] + "!", nothing, null),
            await sms.SendFormAsync(sms.UrlOf("status_url")[..^4] + "AAAA", nothing, null),
        };
        await sms.Tenant.Http.DeleteAsync($"/v1/providers/{sms.ProviderId}");
        var ended = await sms.TwilioSaysAsync("status_url", nothing);

        Assert.That(wrong.Append(ended).Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_handset_that_does_not_exist_is_not_written_to_again()
    {
        var bench = await CallbackBench.TwilioAsync();

        for (var i = 0; i < 2; i++)
            await bench.TwilioSaysAsync("status_url", ("MessageSid", "SM00000000000000000000000000000001"), ("MessageStatus", "undelivered"), ("ErrorCode", "30005"), ("To", "+4915112345678"));

        Assert.That(await bench.SuppressedAsync(), Is.EqualTo(new[] { HardBounce }));
    }

    [Test]
    public async Task A_body_without_end_is_refused()
    {
        var bench = await CallbackBench.TwilioAsync();

        var answer = await bench.SendFormAsync(bench.UrlOf("status_url"), [("Body", new string('x', 300_000))], "AAAA");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [TestCase("/callbacks/twilio/status/")]
    [TestCase("/callbacks/twilio/inbound/")]
    [TestCase("/callbacks/sendgrid/events/")]
    [TestCase("/callbacks/email/parsed/")]
    [TestCase("/callbacks/email/raw/")]
    public void No_log_sees_a_token(string path) =>
        Assert.That(CustomerCrm.Platform.Http.MaskedPaths.Split($"{path}secret?x=1"), Is.EqualTo((($"{path}masked?x=1", "secret") as (string, string)?)));

    private static string Event(string name, string id, string email) =>
        $$"""{"event":"{{name}}","type":"bounce","email":"{{email}}","timestamp":{{TestApi.Clock.GetUtcNow().ToUnixTimeSeconds()}},"sg_event_id":"{{id}}","sg_message_id":"x.filter1"}""";

    private static async Task<int> ReceiptsAsync(CallbackBench bench)
    {
        var count = -1;
        await bench.Tenant.WithDbAsync(async db => count = await db.FindAsync<int>(Receipts, null, default));
        return count;
    }

    private static readonly TenantSql Receipts = TenantSql.Of("SELECT COUNT(*) FROM CallbackReceipts r WHERE r.TenantId = @TenantId");
}
