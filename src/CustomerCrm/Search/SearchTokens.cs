using CustomerCrm.Customers.Searching;

namespace CustomerCrm.Search;

/// <summary>
/// Text as words that can be found: folded (lower case, no accents), parted as names are. Scripts that part no words are cut into
/// pairs of characters, which is how they are searched everywhere. Pure.
/// </summary>
internal static class SearchTokens
{
    public const int LongestWord = 40;

    /// <summary>Each word once, in order of appearance.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string?> texts, int most) =>
        [.. texts.OfType<string>().SelectMany(Of).Distinct(StringComparer.Ordinal).Take(most)];

    /// <summary>The words of a text, in their order.</summary>
    public static IEnumerable<string> Of(string text) => NameKey.Words(text).SelectMany(word => IsUnparted(word) ? Pairs(word) : [Cut(word)]);

    /// <summary>A phone number is found whole, and by what stands behind its country's code.</summary>
    public static IEnumerable<string> OfPhone(string e164) =>
        e164.Length > 5 ? [e164[1..], .. Enumerable.Range(2, 3).Select(code => e164[code..])] : [e164.TrimStart('+')];

    /// <summary>What is typed as a number: without its plus, the zeros in front, and what parts it; null for other text.</summary>
    public static string? NumberOf(string typed)
    {
        if (typed.Any(c => !char.IsAsciiDigit(c) && c is not ('+' or ' ' or '-' or '/' or '.' or '(' or ')'))) return null;
        var digits = string.Concat(typed.Where(char.IsAsciiDigit)).TrimStart('0');
        return digits.Length is >= 4 and <= LongestWord ? digits : null;
    }

    /// <summary>Words that can be misspelt: of letters, and long enough to have a neighbour that is not another word.</summary>
    public static bool IsSpelt(string word) => word.Length >= 4 && word.All(char.IsLetter);

    private static string Cut(string word) => word.Length > LongestWord ? word[..LongestWord] : word;

    private static IEnumerable<string> Pairs(string word) => word.Length <= 2 ? [word] : Enumerable.Range(0, word.Length - 1).Select(i => word.Substring(i, 2));

    // Han, Hiragana and Katakana, Hangul, Thai, Lao, Khmer and Burmese.
    private static bool IsUnparted(string word) => word.Any(c =>
        c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uAC00' and <= '\uD7AF')
            or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1780' and <= '\u17FF') or (>= '\u1000' and <= '\u109F'));
}
