using System.Net;
using System.Text.RegularExpressions;

namespace CustomerCrm.Templates.Rendering;

/// <summary>What an HTML e-mail says, for those who read no HTML: blocks become lines, and a link is followed by its address.</summary>
internal static partial class PlainText
{
    public static string Of(string html)
    {
        var text = Unseen().Replace(html, "");
        text = Spaces().Replace(text, " ");
        text = Link().Replace(text, match => match.Groups["text"].Value.Contains(match.Groups["url"].Value, StringComparison.Ordinal) ? match.Groups["text"].Value : $"{match.Groups["text"].Value} ({match.Groups["url"].Value})");
        text = Break().Replace(text, "\n");
        text = WebUtility.HtmlDecode(Tag().Replace(text, ""));
        var lines = text.Split('\n').Select(line => line.Trim());
        return Blank().Replace(string.Join('\n', lines), "\n\n").Trim();
    }

    [GeneratedRegex("<(style|script|head|title)[^>]*>.*?</(style|script|head|title)>|<!--.*?-->", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Unseen();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();

    [GeneratedRegex("<a\\s[^>]*href=\"(?<url>https?://[^\"]*)\"[^>]*>(?<text>.*?)</a>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex("<br[^>]*>|</?(p|div|h[1-6]|li|ul|ol|tr|table|blockquote|section)[^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Break();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\n{3,}", RegexOptions.NonBacktracking)]
    private static partial Regex Blank();
}
