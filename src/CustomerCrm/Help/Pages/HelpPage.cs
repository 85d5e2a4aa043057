using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Help.Pages;

/// <summary>
/// A help page: one file of HTML without a script or a font. Its policy (CSP 3) permits its own style, its own forms and pictures by https alone, so that
/// whatever an article contains can do nothing. It has a strong entity tag: who has read it before is answered in a few bytes (RFC 9110, 13.1.2).
/// </summary>
internal sealed class HelpPage : IResult
{
    private readonly string html, style;
    private readonly int status;
    private readonly bool isKept, isPersonal;

    private HelpPage(string html, string style, int status, bool isKept, bool isPersonal) => (this.html, this.style, this.status, this.isKept, this.isPersonal) = (html, style, status, isKept, isPersonal);

    /// <param name="visit">Whose page it is, and in which language.</param>
    /// <param name="title">Of the page, and its heading.</param>
    /// <param name="body">Below the heading.</param>
    /// <param name="frame">What else is in it.</param>
    public static HelpPage Of(HelpVisit visit, string title, Html body, HelpFrame? frame = null)
    {
        var (texts, style) = (visit.Texts, HelpStyle.Of(visit.Color));
        frame ??= new HelpFrame();
        var robots = frame.IsListed && visit.CustomerId is null && frame.Status == StatusCodes.Status200OK ? Html.None : Html.Of($"<meta name=\"robots\" content=\"noindex\">\n");
        var description = frame.Description is { } said ? Html.Of($"<meta name=\"description\" content=\"{said}\">\n") : Html.None;
        var search = frame.HasSearch ? SearchForm(visit, frame.Typed) : Html.None;
        var contact = visit.Center.TakesContact ? Html.Of($" <a href=\"{visit.Home}/contact\">{texts.Contact}</a>") : Html.None;
        var languages = frame.Languages.Count < 2 ? Html.None : Html.Of($"""
            <nav aria-label="{texts.Languages}" class="languages"><ul>
            {Html.Join(frame.Languages.Select(one => Html.Of($"<li><a lang=\"{one.Locale}\" hreflang=\"{one.Locale}\" href=\"{one.Path}\"{new Html(one.Locale == visit.Locale ? " aria-current=\"true\"" : "")}>{LanguageNames.Of(one.Locale)}</a></li>\n")))}</ul></nav>

            """);
        var crumbs = frame.Crumbs.Count == 0 ? Html.None : Html.Of($"""
            <nav aria-label="{texts.Breadcrumb}" class="crumbs"><ol>
            {Html.Join(frame.Crumbs.Select(one => Html.Of($"<li><a href=\"{one.Path}\">{one.Title}</a></li>\n")))}</ol></nav>

            """);
        return new HelpPage(Html.Of($"""
            <!DOCTYPE html>
            <html lang="{texts.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            {robots}{description}<title>{title} – {visit.Tenant}</title>
            <style>{new Html(style)}</style>
            </head>
            <body>
            <a class="skip" href="#content">{texts.SkipToContent}</a>
            <header><div><p><a href="{visit.Home}">{visit.Tenant} · {texts.Help}</a>{contact}</p>
            {search}</div></header>
            {crumbs}<main id="content">
            <h1{new Html(frame.TitleLocale is { } locale && locale != visit.Locale ? $" lang=\"{locale}\"" : "")}>{title}</h1>
            {body}
            </main>
            <footer>
            {languages}</footer>
            </body>
            </html>

            """).Text, style, frame.Status, frame.IsKept, visit.CustomerId is not null);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, bytes) = (httpContext.Response, Encoding.UTF8.GetBytes(html));
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; img-src https: data:; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        // The pages' own forms say where they come from, and nobody else is told.
        response.Headers["Referrer-Policy"] = "same-origin";
        if (status == StatusCodes.Status200OK && isKept)
        {
            var tag = $"\"{Convert.ToHexString(SHA256.HashData(bytes).AsSpan(0, 16)).ToLowerInvariant()}\"";
            response.Headers.ETag = tag;
            response.Headers.CacheControl = isPersonal ? "private, no-cache" : "public, no-cache";
            response.Headers.Vary = "Cookie, Accept-Language";
            if (httpContext.Request.Headers.IfNoneMatch.Any(sent => sent?.Split(',').Any(one => one.Trim() is "*" || one.Trim() == tag || one.Trim() == $"W/{tag}") == true))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentType = null;
                return Task.CompletedTask;
            }
        }
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }

    private static Html SearchForm(HelpVisit visit, string? typed) => Html.Of($"""
        <form role="search" action="{visit.Home}/search" method="get">
        <label class="visually-hidden" for="q">{visit.Texts.SearchLabel}</label>
        <input id="q" name="q" type="search" value="{typed}" minlength="2" maxlength="200" required autocomplete="off">
        <button type="submit">{visit.Texts.Search}</button>
        </form>

        """);
}

/// <summary>What a page has besides its text.</summary>
internal sealed record HelpFrame
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Whether search engines may list it.</summary>
    public bool IsListed { get; init; }

    /// <summary>Whether readers' browsers keep it, and ask whether it still holds.</summary>
    public bool IsKept { get; init; }

    public bool HasSearch { get; init; } = true;
    public string? Typed { get; init; }
    public string? Description { get; init; }

    /// <summary>Of the heading, where that is not in the page's language.</summary>
    public string? TitleLocale { get; init; }

    public IReadOnlyList<(string Title, string Path)> Crumbs { get; init; } = [];

    /// <summary>The same page in other languages, with this one.</summary>
    public IReadOnlyList<(string Locale, string Path)> Languages { get; init; } = [];
}
