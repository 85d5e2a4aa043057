using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Articles.Votes;
using CustomerCrm.Help.Pages;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Preferences;
using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Help;

/// <summary>POST /help/{slug}/{locale}/articles/{article}/vote: whether it helped, once for each visitor.</summary>
internal static class VoteOnPage
{
    internal const string Cookie = "help_visitor";
    private const int LongestRemark = 1000, KeyLength = 16;

    public static Html Form(HelpVisit visit, ReadArticle article) => Html.Of($"""
        <form class="vote" method="post" action="{visit.Home}/articles/{article.Slug}/vote">
        <h2>{visit.Texts.WasHelpful}</h2>
        <label for="remark">{visit.Texts.Remark}</label>
        <input id="remark" name="remark" maxlength="{LongestRemark.ToString(System.Globalization.CultureInfo.InvariantCulture)}" autocomplete="off">
        <button type="submit" name="helpful" value="yes">{visit.Texts.Yes}</button>
        <button type="submit" name="helpful" value="no">{visit.Texts.No}</button>
        </form>
        """);

    internal static async Task<IResult> Handle(
        string slug, string locale, string article, HttpContext http, HelpVisits visits, HelpReader reader, ArticleVotes votes, SameOrigin origin, SecretBox box, CancellationToken ct)
    {
        if (await visits.OpenAsync(http, slug, locale, ct) is not { } visit) return Page.NotFound(http);
        if (await reader.FindAsync(visit, article, ct) is not { } read) return ShowHelp.NotFound(visit);
        var form = await SentForm.ReadAsync(http, ct);
        var said = form["helpful"].ToString();
        if (!origin.Allows(http.Request) || said is not ("yes" or "no")) return HelpPage.Of(visit, visit.Texts.WasHelpful, Html.Of($"<p class=\"wrong\" role=\"alert\">{visit.Texts.OtherPage}</p>\n{Form(visit, read)}"), new HelpFrame { Status = StatusCodes.Status403Forbidden });
        var remark = string.Concat(form["remark"].ToString().Where(c => !char.IsControl(c))).Trim();
        await votes.VoteAsync(read.Id, VisitorOf(http, visit, box), read.Locale, said == "yes", remark.Length == 0 ? null : remark.Beginning(LongestRemark), ct);
        return HelpPage.Of(visit, visit.Texts.WasHelpful, Html.Of($"<p class=\"done\" role=\"status\">{visit.Texts.Thanks}</p>\n<p><a href=\"{visit.Home}/articles/{read.Slug}\">{visit.Texts.Back}</a></p>"));
    }

    /// <summary>
    /// Whom a vote is counted for: a customer; else whoever has the cookie of the first vote; else the address with the browser, of which that cookie
    /// is made. So nobody counts twice by refusing cookies. People behind one address with the same browser are taken for one: rather too few than too many.
    /// </summary>
    private static byte[] VisitorOf(HttpContext http, HelpVisit visit, SecretBox box)
    {
        if (visit.CustomerId is { } customer) return ArticleVotes.HashOf($"customer:{customer}");
        var secret = box.KeyFor("help_visitors");
        if (http.Request.Cookies[Cookie] is { Length: KeyLength * 4 } kept && kept.All(char.IsAsciiHexDigit) && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(kept[(KeyLength * 2)..]), Sealed(kept[..(KeyLength * 2)])))
            return ArticleVotes.HashOf($"visitor:{kept[..(KeyLength * 2)]}");
        var key = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{visit.Center.Id}\n{ClientAddress.Of(http)}\n{http.Request.Headers.UserAgent}")).AsSpan(0, KeyLength));
        http.Response.Cookies.Append(Cookie, $"{key}{Convert.ToHexStringLower(Sealed(key))}", new CookieOptions
        {
            Path = $"{HelpRoutes.Path}/{visit.Center.Slug}", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true,
        });
        return ArticleVotes.HashOf($"visitor:{key}");

        byte[] Sealed(string text) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{visit.Center.Id}\ncookie\n{text}"))[..KeyLength];
    }
}
