using System.Text;
using CustomerCrm.ProviderCallbacks.Inbound;
using CustomerCrm.ProviderCallbacks.Reports;

namespace CustomerCrm.Tests.ProviderCallbacks;

public class ReportReadingTests
{
    [TestCase("delivered", null, "Delivered", false)]
    [TestCase("bounce", "bounce", "Bounced", true)]
    [TestCase("bounce", "blocked", "Bounced", false)]
    [TestCase("dropped", null, "Failed", false)]
    [TestCase("spamreport", null, "Complained", true)]
    [TestCase("open", null, "Opened", false)]
    [TestCase("click", null, "Clicked", false)]
    [TestCase("unsubscribe", null, "Unsubscribed", false)]
    public void Sendgrids_events_have_our_names(string name, string? type, string kind, bool isPermanent)
    {
        var json = $$"""[{"event":"{{name}}","type":"{{type}}","email":"ada@example.com","timestamp":1790000000,"sg_event_id":"e1","sg_message_id":"14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0","dedupe_id":"msg_1","status":"5.1.1","reason":"ada@example.com unknown"}]""";

        var report = SendGridEvents.Read(Encoding.UTF8.GetBytes(json)).Single();

        Assert.That((report.Kind.ToString(), report.IsPermanent, report.Address, report.DedupeId), Is.EqualTo((kind, isPermanent, "ada@example.com", "msg_1")));
        Assert.That(report.ProviderMessageId, Is.EqualTo("14c5d75ce93.dfd.64b469"), "as it was called when it was taken");
        Assert.That(report.OccurredAt, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1790000000)));
        Assert.That(report.Code ?? "", Does.Not.Contain("ada"));
    }

    [TestCase("{}")]
    [TestCase("[")]
    [TestCase("null")]
    [TestCase("[null, 1, \"a\", []]")]
    [TestCase("""[{"event":"delivered"}]""")]
    [TestCase("""[{"event":"processed","sg_event_id":"1"}]""")]
    [TestCase("""[{"event":7,"sg_event_id":"1"}]""")]
    [TestCase("""[{"event":"delivered","sg_event_id":{"a":1}}]""")]
    [TestCase("""[{"event":"delivered","sg_event_id":"\ud800"}]""")]
    [TestCase("""[{"event":"\udfff","sg_event_id":"1"}]""")]
    public void What_is_no_event_is_left_out(string body) => Assert.That(SendGridEvents.Read(Encoding.UTF8.GetBytes(body)), Is.Empty);

    [Test]
    public void Wrong_types_and_free_text_do_not_get_in()
    {
        var report = SendGridEvents.Read("""[{"event":"bounce","sg_event_id":"1","timestamp":"soon","status":"5.1'; DROP TABLE x","email":7,"sg_message_id":[1]}]"""u8.ToArray()).Single();

        Assert.That((report.Code, report.Address, report.ProviderMessageId, report.OccurredAt), Is.EqualTo(("bounced", (string?)null, (string?)null, DateTimeOffset.UnixEpoch)));
    }

    [TestCase("delivered", null, "Delivered", false)]
    [TestCase("sent", null, "Sent", false)]
    [TestCase("undelivered", "30003", "Failed", false)]
    [TestCase("failed", "30005", "Bounced", true)]
    [TestCase("undelivered", "30006", "Bounced", true)]
    [TestCase("failed", "x", "Failed", false)]
    public void Twilios_statuses_have_our_names(string status, string? code, string kind, bool isPermanent)
    {
        var report = TwilioStatuses.Read(new Dictionary<string, string> { ["MessageSid"] = "SM1", ["MessageStatus"] = status, ["ErrorCode"] = code ?? "", ["To"] = "+4915112345678" }, DateTimeOffset.UnixEpoch)!;

        Assert.That((report.Kind.ToString(), report.IsPermanent, report.ReceiptKey), Is.EqualTo((kind, isPermanent, $"twilio:SM1:{status}")));
    }

    [TestCase("queued")]
    [TestCase("sending")]
    [TestCase("")]
    public void Statuses_on_the_way_tell_nothing(string status) =>
        Assert.That(TwilioStatuses.Read(new Dictionary<string, string> { ["MessageSid"] = "SM1", ["MessageStatus"] = status }, DateTimeOffset.UnixEpoch), Is.Null);

    [TestCase("STOP", "Stop")]
    [TestCase(" stop. ", "Stop")]
    [TestCase("Stop!", "Stop")]
    [TestCase("opt-out", "Stop")]
    [TestCase("Stop all", "Stop")]
    [TestCase("unsubscribe", "Stop")]
    [TestCase("Abmelden", "Stop")]
    [TestCase("START", "Start")]
    [TestCase("unstop", "Start")]
    [TestCase("Help", "Help")]
    [TestCase("Hilfe", "Help")]
    [TestCase("Please stop by tomorrow", "None")]
    [TestCase("yes", "None")]
    [TestCase("", "None")]
    [TestCase(null, "None")]
    public void A_word_asks_only_where_it_is_all_there_is(string? body, string keyword) => Assert.That(SmsKeywords.Of(body).ToString(), Is.EqualTo(keyword));
}
