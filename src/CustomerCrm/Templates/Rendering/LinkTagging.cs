using System.Net;
using System.Text.RegularExpressions;
using CustomerCrm.ContactPolicy;

namespace CustomerCrm.Templates.Rendering;

/// <summary>Puts utm parameters on the links of an e-mail. Those that a link has already stay, and our own links stay as they are.</summary>
internal static partial class LinkTagging
{
    public static string InHtml(string html, LinkTags tags, string ourBase) => Href().Replace(html, match =>
    {
        var quote = match.Groups["quote"].Value;
        var tagged = Tagged(WebUtility.HtmlDecode(match.Groups["url"].Value), tags, ourBase);
        return $"{match.Groups["before"].Value}{quote}{WebUtility.HtmlEncode(tagged)}{quote}";
    });

    public static string InText(string text, LinkTags tags, string ourBase) => Address().Replace(text, match =>
    {
        var url = match.Value.TrimEnd('.', ',', ';', ':', '!', '?');
        return Tagged(url, tags, ourBase) + match.Value[url.Length..];
    });

    internal static string Tagged(string url, LinkTags tags, string ourBase)
    {
        if (ourBase.Length > 0 && url.StartsWith(ourBase, StringComparison.OrdinalIgnoreCase)) return url;
        var (address, fragment) = url.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? (url[..at], url[at..]) : (url, "");
        foreach (var (name, value) in new[] { ("utm_source", tags.UtmSource), ("utm_medium", tags.UtmMedium), ("utm_campaign", tags.UtmCampaign) })
            if (value is not null && !address.Contains($"{name}=", StringComparison.OrdinalIgnoreCase))
                address += $"{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}";
        return address + fragment;
    }

    [GeneratedRegex("(?<before><a\\s(?:[^>]*\\s)?href\\s*=\\s*)(?<quote>[\"'])(?<url>https?://[^\"'<>]*)[\"']", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Href();

    [GeneratedRegex("https?://[^\\s<>\"')\\]]+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
