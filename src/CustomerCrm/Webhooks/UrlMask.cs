using System.Text;

namespace CustomerCrm.Webhooks;

/// <summary>
/// A webhook's URL as it may be shown: on many platforms whoever knows the whole of it may write there. Host and plain words stay; long parts
/// of the path that are no words and the values of the query keep their first four characters.
/// </summary>
internal static class UrlMask
{
    private const int Kept = 4, LongestWord = 15;

    public static string Of(Uri url)
    {
        var text = new StringBuilder($"{url.Scheme}://{url.Authority}");
        text.AppendJoin('/', url.AbsolutePath.Split('/').Select(part => IsWord(part) ? part : Hide(part)));
        if (url.Query.Length > 1) text.Append('?').AppendJoin('&', url.Query[1..].Split('&').Select(HideValue));
        return text.ToString();
    }

    private static string HideValue(string pair) => pair.IndexOf('=') is var at and >= 0 ? $"{pair[..at]}={Hide(pair[(at + 1)..])}" : Hide(pair);

    // Short, or made of words of letters: "catch", "incoming-webhooks", "v1".
    private static bool IsWord(string part) =>
        part.Length <= LongestWord && !(part.Any(char.IsAsciiDigit) && part.Any(char.IsAsciiLetter) && part.Length > 8)
        || part.Split('-', '_', '.').All(word => word.Length <= LongestWord && word.All(char.IsAsciiLetterLower));

    private static string Hide(string part) => part.Length <= Kept ? "…" : $"{part[..Kept]}…";
}
