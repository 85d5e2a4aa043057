using System.Net;
using System.Text;

namespace CustomerCrm.Platform.Mime;

/// <summary>The words of an HTML e-mail that has no plain text. In one pass, whatever the HTML is; it is text afterwards and is never shown as HTML.</summary>
internal static class HtmlText
{
    private static readonly string[] breaks = ["br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"];
    private static readonly string[] silent = ["script", "style", "head", "title"];

    public static string Of(string html)
    {
        var (text, at) = (new StringBuilder(html.Length / 2), 0);
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            Append(text, open < 0 ? html.AsSpan(at) : html.AsSpan(at, open - at));
            if (open < 0) break;
            if (html.AsSpan(open).StartsWith("<!--"))
            {
                at = After(html, "-->", open);
                continue;
            }
            var close = html.IndexOf('>', open);
            if (close < 0) break;
            var name = NameOf(html.AsSpan(open + 1, close - open - 1));
            if (breaks.Contains(name) && (text.Length == 0 || text[^1] != '\n')) text.Append('\n');
            at = silent.Contains(name) && html[open + 1] != '/' ? After(html, ">", After(html, $"</{name}", close)) : close + 1;
        }
        return WebUtility.HtmlDecode(text.ToString()).Trim();
    }

    private static int After(string html, string end, int from) =>
        html.IndexOf(end, from, StringComparison.OrdinalIgnoreCase) is var found and >= 0 ? found + end.Length : html.Length;

    private static string NameOf(ReadOnlySpan<char> tag)
    {
        var bare = tag.TrimStart('/');
        var end = bare.IndexOfAny(' ', '/', '\n');
        return (end < 0 ? bare : bare[..end]).Trim().ToString().ToLowerInvariant();
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> words)
    {
        foreach (var c in words)
        {
            if (!char.IsWhiteSpace(c)) text.Append(c);
            else if (text.Length > 0 && !char.IsWhiteSpace(text[^1])) text.Append(' ');
        }
    }
}
