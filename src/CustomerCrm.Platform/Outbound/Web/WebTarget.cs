using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using CustomerCrm.Platform.Http;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Outbound.Web;

/// <summary>
/// Whether a URL that a tenant wrote may be called at all. Asked when it is written down, as a courtesy, and again before each call; where
/// a name really leads is judged by <see cref="GuardedConnector"/> when it connects.
/// </summary>
public sealed class WebTarget(IOptions<OutboundOptions> outbound, IOptions<PublicOptions> self)
{
    private const int Longest = 2048;
    private static readonly string[] internalEndings = [".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".onion"];

    /// <param name="text">As it was sent: <c>https://example.com/hooks/crm</c>.</param>
    /// <param name="uri">What to call.</param>
    /// <param name="refusal">Why not: <c>url_invalid</c>, <c>https_required</c>, <c>user_info_not_allowed</c>, <c>port_not_allowed</c>, <c>own_host</c>, <c>internal_address</c>.</param>
    public bool TryRead(string text, [NotNullWhen(true)] out Uri? uri, [NotNullWhen(false)] out string? refusal)
    {
        refusal = RefusalOf(text, out uri);
        return refusal is null;
    }

    private string? RefusalOf(string text, out Uri? uri)
    {
        uri = null;
        if (text.Length > Longest || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\')) return "url_invalid";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var read)) return "url_invalid";
        if (read.Scheme != Uri.UriSchemeHttps && !(outbound.Value.AllowInternal && read.Scheme == Uri.UriSchemeHttp)) return "https_required";
        if (read.UserInfo.Length > 0 || text.Split('/', 4) is [_, _, var authority, ..] && authority.Split('?', '#')[0].Contains('@')) return "user_info_not_allowed";
        if (read.Port is < 1 or > 65535) return "port_not_allowed";
        if (read.Port is not (443 or 8443) && !outbound.Value.AllowInternal) return "port_not_allowed";
        if (IsSelf(read)) return "own_host";
        if (!outbound.Value.AllowInternal && LooksInternal(read)) return "internal_address";
        uri = read;
        return null;
    }

    // IdnHost, for Host leaves full-width digits and dots as they are.
    private static string NameOf(Uri uri) => uri.IdnHost.Trim('[', ']').TrimEnd('.');

    private static bool LooksInternal(Uri uri)
    {
        // Digits of other alphabets, which some resolvers take for ours: 127 in full width.
        if (uri.Host.EnumerateRunes().Any(rune => !rune.IsAscii && Rune.IsNumber(rune))) return true;
        var name = NameOf(uri);
        if (name.Contains('%') || name.Length == 0) return true; // a scope, or nothing at all
        if (IPAddress.TryParse(name, out var address)) return !AddressGuard.MayReach(address);
        return !name.Contains('.') || Array.Exists(internalEndings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    // By its public name, and where it listens.
    private bool IsSelf(Uri uri) => outbound.Value.Listening.Prepend(self.Value.BaseUrl).Any(url =>
        Uri.TryCreate(url.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out var own)
        && uri.Port == own.Port
        && (string.Equals(NameOf(uri), NameOf(own), StringComparison.OrdinalIgnoreCase) || (IsThisMachine(own) && IsThisMachine(uri))));

    private static bool IsThisMachine(Uri uri) =>
        IPAddress.TryParse(NameOf(uri), out var address) ? IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
        : NameOf(uri).Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
