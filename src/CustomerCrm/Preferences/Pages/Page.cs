using System.Security.Cryptography;
using System.Text;

namespace CustomerCrm.Preferences.Pages;

/// <summary>
/// A public page: one file of HTML without a script, an image or a font, whose only outside is the form it sends back. Its policy (CSP 3) permits exactly its
/// own style and that form, so that whatever a name contains can do nothing.
/// </summary>
internal sealed class Page : IResult
{
    private readonly string html, style;
    private readonly int status;

    private Page(string html, string style, int status) => (this.html, this.style, this.status) = (html, style, status);

    /// <param name="texts">The language.</param>
    /// <param name="title">Of the page, and its heading.</param>
    /// <param name="tenant">Whose page it is; null for nobody's.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="body">Below the heading.</param>
    /// <param name="status">Of the answer.</param>
    public static Page Of(PageTexts texts, string title, string? tenant, BrandColor color, Html body, int status = StatusCodes.Status200OK)
    {
        var style = StyleOf(color);
        var named = tenant is null ? title : $"{title} – {tenant}";
        var header = tenant is null ? Html.None : Html.Of($"<header><p>{tenant}</p></header>\n");
        return new Page(Html.Of($"""
            <!DOCTYPE html>
            <html lang="{texts.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex, nofollow">
            <title>{named}</title>
            <style>{new Html(style)}</style>
            </head>
            <body>
            {header}<main>
            <h1>{title}</h1>
            {body}
            </main>
            </body>
            </html>

            """).Text, style, status);
    }

    /// <summary>For every link that opens nothing, whatever the reason.</summary>
    public static Page NotFound(HttpContext http)
    {
        var texts = PageLanguages.Of(Customers.Contacting.WrittenLanguage.Accepted(http.Request.Headers.AcceptLanguage));
        return Of(texts, texts.NotFound, tenant: null, BrandColor.Of(null), Html.Of($"<p>{texts.NotFoundHint}</p>"), StatusCodes.Status404NotFound);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        return response.WriteAsync(html, httpContext.RequestAborted);
    }

    private static string StyleOf(BrandColor color) => $$"""
        :root { color-scheme: light; }
        body { margin: 0; font: 1.0625rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #ffffff; }
        header { background: {{color.Background}}; color: {{color.Text}}; padding: 1rem; }
        header p { max-width: 38rem; margin: 0 auto; font-weight: 600; overflow-wrap: anywhere; }
        main { max-width: 38rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
        h1 { font-size: 1.6rem; line-height: 1.25; }
        fieldset { border: 1px solid #767676; border-radius: .5rem; margin: 0 0 1rem; padding: .5rem 1rem 1rem; }
        legend { font-weight: 600; padding: 0 .25rem; }
        .hint { color: #4a4a4a; margin: 0 0 .5rem; }
        label { display: block; padding: .375rem 0; }
        input[type=checkbox], input[type=radio] { width: 1.25rem; height: 1.25rem; margin: 0 .5rem 0 0; vertical-align: -.2rem; }
        textarea { display: block; box-sizing: border-box; width: 100%; min-height: 4.5rem; font: inherit; padding: .5rem; border: 1px solid #767676; border-radius: .25rem; }
        button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.25rem; margin: .5rem .5rem 0 0; border-radius: .375rem; border: 2px solid #1a1a1a; background: #ffffff; color: #1a1a1a; cursor: pointer; }
        button.main { background: {{color.Background}}; color: {{color.Text}}; }
        a { color: #0b4f9e; }
        a:focus-visible, button:focus-visible, input:focus-visible, textarea:focus-visible { outline: 3px solid #0b4f9e; outline-offset: 3px; }
        .scale { display: flex; flex-wrap: wrap; gap: .25rem; }
        .scale label { border: 1px solid #767676; border-radius: .375rem; padding: .5rem .75rem; min-width: 2rem; }
        .ends { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; }
        .row { border: 0; border-top: 1px solid #767676; border-radius: 0; margin: 0; padding: .5rem 0; }
        .question { margin: 0 0 1rem; }
        .question > label { font-weight: 600; }
        .error { color: #9b1c1c; font-weight: 600; margin: 0 0 .5rem; }
        .done { border: 2px solid #1f6b34; border-radius: .5rem; padding: .75rem 1rem; font-weight: 600; }
        """.ReplaceLineEndings("\n");
}
