using System.Globalization;
using CustomerCrm.Consents;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Preferences;

/// <summary>
/// GET and POST /unsubscribe/{token}. Opening it changes nothing, since programs that look for dangerous links open them; a POST says no, be it of the
/// page's button or of a mail program by RFC 8058, which gets its 200 without a page.
/// </summary>
internal sealed class UnsubscribePage(TenantDb db, PreferenceSheets sheets, ConsentWriter writer, CustomerLinks links)
{
    private const string OneClick = "List-Unsubscribe";

    internal static async Task<IResult> Show(HttpContext http, Visits visits, UnsubscribePage page, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, CustomerLinkKind.Unsubscribe, ct) is not { } visit) return Page.NotFound(http);
        var question = await page.QuestionAsync(visit, ct);
        return visit.Page(visit.Texts.Unsubscribe, Html.Of($"""
            <p>{question}</p>
            <form method="post">
            <button class="main" type="submit" name="do" value="unsubscribe">{visit.Texts.Unsubscribe}</button>
            </form>
            """));
    }

    internal static async Task<IResult> Handle(HttpContext http, Visits visits, UnsubscribePage page, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, CustomerLinkKind.Unsubscribe, ct) is not { } visit) return Page.NotFound(http);
        var isOneClick = (await SentForm.ReadAsync(http, ct))[OneClick] == "One-Click";
        await page.WithdrawAsync(visit, isOneClick, ct);
        return isOneClick
            ? TypedResults.Text("", "text/plain")
            : visit.Page(visit.Texts.Unsubscribe, Html.Of($"""
                <p class="done" role="status">{visit.Texts.Unsubscribed}</p>
                <p><a href="{page.PreferencesOf(visit)}">{visit.Texts.ToPreferences}</a></p>
                """));
    }

    // Said once is enough: a button that is pressed again adds nothing to the ledger.
    private Task WithdrawAsync(Visit visit, bool isOneClick, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var link = visit.Link;
        var sheet = await sheets.OfAsync(link.CustomerId, ct);
        if (sheet.Of(link.Purpose, link.Channel, link.Topic).IsRefused) return;
        await writer.RecordAsync(new ConsentChange
        {
            CustomerId = link.CustomerId,
            Purpose = link.Purpose,
            Channel = link.Channel,
            Topic = await sheets.IsKnownAsync(link.Topic, link.Purpose, ct) ? link.Topic : "",
            State = ConsentState.Withdrawn,
            Source = isOneClick ? "one_click_unsubscribe" : "unsubscribe_page",
            ShownText = isOneClick ? "List-Unsubscribe=One-Click" : await QuestionAsync(visit, ct),
            Url = visit.Url,
            Ip = visit.Ip,
        }, ct);
    }, ct);

    private async Task<string> QuestionAsync(Visit visit, CancellationToken ct) => visit.Link.Topic is { Length: > 0 } topic
        ? string.Format(CultureInfo.InvariantCulture, visit.Texts.UnsubscribeTopic, visit.Tenant, visit.NameOf(visit.Link.Channel), await sheets.TitleOfAsync(topic, ct))
        : string.Format(CultureInfo.InvariantCulture, visit.Texts.UnsubscribeAll, visit.Tenant, visit.NameOf(visit.Link.Channel));

    // Only the path: the page stands where it stands, whatever name the installation has from outside.
    private string PreferencesOf(Visit visit) => new Uri(links.PreferencesUrl(visit.Link.CustomerId)).AbsolutePath;
}
