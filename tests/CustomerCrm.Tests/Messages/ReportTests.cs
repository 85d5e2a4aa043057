using System.Text.Json;
using CustomerCrm.Messages;
using CustomerCrm.Messages.Reports;
using CustomerCrm.Platform.Data;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Messages;

public class ReportTests
{
    [Test]
    public async Task Reports_move_a_message_along_and_twice_is_once()
    {
        var acme = await TestTenant.NewAsync();
        var ada = await SomeMessages.CustomerAsync(acme);
        var posted = await SomeMessages.PostAsync(acme, SomeMessages.Transactional(ada.Id));
        await TestApi.RunJobsAsync();
        var id = Id<Message>.Parse(posted.Id(), null);
        var at = TestApi.Clock.GetUtcNow();

        // Out of order, and one of them twice.
        await ReportAsync(acme, new MessageReport { MessageId = id, Kind = MessageReportKind.Opened, OccurredAt = at.AddMinutes(2) });
        await ReportAsync(acme, new MessageReport { MessageId = id, Kind = MessageReportKind.Delivered, OccurredAt = at.AddMinutes(1) });
        await ReportAsync(acme, new MessageReport { MessageId = id, Kind = MessageReportKind.Delivered, OccurredAt = at.AddMinutes(1) });

        var why = await acme.GetAsync<JsonElement>($"/v1/messages/{id}/explanation");
        Assert.That(why.Text("state"), Is.EqualTo("opened"));
        Assert.That(why.GetProperty("reports").EnumerateArray().Select(r => r.Text("kind")), Is.EqualTo(new[] { "delivered", "opened" }));
    }

    [Test]
    public async Task A_report_of_nothing_or_of_another_tenants_message_is_no_report()
    {
        var (acme, stranger) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        var ada = await SomeMessages.CustomerAsync(acme);
        var refused = await SomeMessages.PostAsync(acme, SomeMessages.Marketing(ada.Id));
        var report = new MessageReport { MessageId = Id<Message>.Parse(refused.Id(), null), Kind = MessageReportKind.Delivered, OccurredAt = TestApi.Clock.GetUtcNow() };

        Assert.That(await ReportAsync(acme, report), Is.False, "it was never tried");
        Assert.That(await ReportAsync(stranger, report), Is.False);
        Assert.That(await ReportAsync(acme, report with { MessageId = null, Provider = "twilio", ProviderMessageId = "SM1" }), Is.False);
        Assert.That(await SomeMessages.StateAsync(acme, refused), Is.EqualTo("refused"));
    }

    [Test]
    public void In_whatever_order_and_however_often_reports_come_they_end_alike()
    {
        var report = from kind in Gen.Elements(Enum.GetValues<MessageReportKind>()) from isPermanent in Gen.Elements(true, false) select (Kind: kind, IsPermanent: isPermanent);

        Prop.ForAll(Gen.ArrayOf(report).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (reports, seed) =>
        {
            var shuffled = (ValueTuple<MessageReportKind, bool>[])[.. reports, .. reports.Take(seed % (reports.Length + 1))];
            new Random(seed).Shuffle(shuffled);
            return End(reports) == End(shuffled);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Test]
    public void A_message_never_goes_back() =>
        Prop.ForAll(Gen.Elements(Enum.GetValues<MessageState>()).ToArbitrary(), Gen.Elements(Enum.GetValues<MessageReportKind>()).ToArbitrary(), (state, kind) =>
            MessageLife.After(state, kind, isPermanent: true) >= state).Check(Config.QuickThrowOnFailure);

    private static MessageState End((MessageReportKind Kind, bool IsPermanent)[] reports) =>
        reports.Aggregate(MessageState.Sent, (state, report) => MessageLife.After(state, report.Kind, report.IsPermanent));

    private static async Task<bool> ReportAsync(TestTenant tenant, MessageReport report)
    {
        var isKnown = false;
        await tenant.WithScopeAsync(async services => isKnown = await services.GetRequiredService<MessageReports>().ReportAsync(report, default));
        return isKnown;
    }
}
