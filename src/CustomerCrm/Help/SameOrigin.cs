using CustomerCrm.Platform.Http;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Help;

/// <summary>
/// Whether a form was sent by one of these pages themselves. Browsers say where a request comes from: in <c>Sec-Fetch-Site</c> (Fetch Metadata), else in
/// <c>Origin</c> (RFC 6454). A program that says neither carries no reader's cookie, and forges nothing.
/// </summary>
internal sealed class SameOrigin(IOptions<PublicOptions> options)
{
    public bool Allows(HttpRequest request) => Allows(request.Headers["Sec-Fetch-Site"], request.Headers.Origin, request.Host.Value ?? "", new Uri(options.Value.BaseUrl).GetLeftPart(UriPartial.Authority));

    /// <summary>Pure.</summary>
    public static bool Allows(string? site, string? origin, string host, string own)
    {
        if (!string.IsNullOrEmpty(site)) return site is "same-origin" or "none";
        if (string.IsNullOrEmpty(origin)) return true;
        return string.Equals(origin, own, StringComparison.OrdinalIgnoreCase) || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(host, StringComparison.OrdinalIgnoreCase));
    }
}
