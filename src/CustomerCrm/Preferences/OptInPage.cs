using System.Globalization;
using CustomerCrm.Consents.OptIns;
using CustomerCrm.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Preferences;

/// <summary>GET and POST /preferences/confirm/{token}: the double opt-in. Programs that look for dangerous links open them, so only the button confirms.</summary>
internal sealed class OptInPage(TenantDb db, PreferenceSheets sheets, OptInConfirmation confirmation)
{
    internal static async Task<IResult> Show(HttpContext http, Visits visits, OptInPage page, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, CustomerLinkKind.OptIn, ct) is not { } visit || await page.LookAsync(visit, ct) is not { } standing) return Page.NotFound(http);
        var text = await page.TextAsync(visit, ct);
        return standing.IsConfirmed ? Done(visit) : visit.Page(visit.Texts.OptIn, Html.Of($"""
            <p>{text}</p>
            <form method="post">
            <button class="main" type="submit" name="do" value="confirm">{visit.Texts.OptInButton}</button>
            </form>
            """));
    }

    internal static async Task<IResult> Handle(HttpContext http, Visits visits, OptInPage page, CancellationToken ct) =>
        await visits.OpenAsync(http, CustomerLinkKind.OptIn, ct) is { } visit && await page.ConfirmAsync(visit, ct) is not null ? Done(visit) : Page.NotFound(http);

    private Task<OptInStanding?> LookAsync(Visit visit, CancellationToken ct) => confirmation.LookAsync(visit.Link, ct);

    private async Task<OptInStanding?> ConfirmAsync(Visit visit, CancellationToken ct)
    {
        OptInStanding? standing = null;
        await db.InTransactionAsync(async () => standing = await confirmation.ConfirmAsync(visit.Link, await TextAsync(visit, ct), visit.Url, visit.Ip, ct), ct);
        return standing;
    }

    private async Task<string> TextAsync(Visit visit, CancellationToken ct) => visit.Link.Topic is { Length: > 0 } topic
        ? string.Format(CultureInfo.InvariantCulture, visit.Texts.OptInTopic, visit.Tenant, visit.NameOf(visit.Link.Channel), await sheets.TitleOfAsync(topic, ct))
        : string.Format(CultureInfo.InvariantCulture, visit.Texts.OptInAll, visit.Tenant, visit.NameOf(visit.Link.Channel));

    private static Page Done(Visit visit) => visit.Page(visit.Texts.OptIn, Html.Of($"<p class=\"done\" role=\"status\">{visit.Texts.OptInDone}</p>"));
}
