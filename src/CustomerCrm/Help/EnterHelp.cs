using CustomerCrm.Links;
using CustomerCrm.Platform.Http;
using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Help;

/// <summary>GET /help/enter/{token}: a signed link brings a customer. What it says is kept in a cookie of these pages alone, and in no address.</summary>
internal static class EnterHelp
{
    internal static async Task<IResult> Handle(HttpContext http, CustomerLinks links, HelpCenters centers, TimeProvider clock, CancellationToken ct)
    {
        if (MaskedPaths.TokenOf(http) is not { } token || links.Read(token, CustomerLinkKind.Help) is not { } link || (await centers.GetAsync(ct)).Slug is not { } slug) return Page.NotFound(http);
        http.Response.Cookies.Append(HelpVisits.Cookie, token, new CookieOptions
        {
            Path = $"{HelpRoutes.Path}/{slug}", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Expires = link.ExpiresAt, MaxAge = link.ExpiresAt - clock.GetUtcNow(), IsEssential = true,
        });
        return TypedResults.LocalRedirect($"{HelpRoutes.Path}/{slug}");
    }
}
