using System.Net;

namespace CustomerCrm.Templates.Rendering;

/// <summary>A marketing e-mail always says where to say no: where it does not do so itself, these lines are put under it.</summary>
internal static class MarketingFooter
{
    public static string InHtml(string html, CustomerAddresses links, OptOutWords words)
    {
        var said = WebUtility.HtmlDecode(html);
        string[] missing = [.. Missing(said, links, words).Select(link => $"<a href=\"{WebUtility.HtmlEncode(link.Url)}\">{WebUtility.HtmlEncode(link.Name)}</a>")];
        if (missing.Length == 0) return html;
        var footer = $"<p style=\"font-size:12px\">{string.Join(" · ", missing)}</p>";
        var end = html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html + footer : html.Insert(end, footer);
    }

    public static string InText(string text, CustomerAddresses links, OptOutWords words)
    {
        var missing = Missing(text, links, words).Select(link => $"{link.Name}: {link.Url}").ToArray();
        return missing.Length == 0 ? text : $"{text}\n\n{string.Join('\n', missing)}";
    }

    /// <summary>RFC 2369 and RFC 8058: mail programs show a button that says no at once.</summary>
    public static Dictionary<string, string> Headers(CustomerAddresses links) => new()
    {
        ["List-Unsubscribe"] = $"<{links.OneClick}>",
        ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
    };

    private static IEnumerable<(string Name, string Url)> Missing(string said, CustomerAddresses links, OptOutWords words)
    {
        if (!said.Contains(links.Unsubscribe, StringComparison.Ordinal)) yield return (words.Unsubscribe, links.Unsubscribe);
        if (!said.Contains(links.Preferences, StringComparison.Ordinal)) yield return (words.Preferences, links.Preferences);
    }
}

/// <summary>The addresses of ours for one customer and one kind of message.</summary>
public sealed record CustomerAddresses(string Unsubscribe, string OneClick, string Preferences);
