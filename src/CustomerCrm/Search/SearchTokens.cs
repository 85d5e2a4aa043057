using System.Text;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform;

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
    public static IEnumerable<string> Of(string text) => NameKey.Words(text).SelectMany(word => IsUnparted(word) ? Pairs(word) : [word.Beginning(LongestWord)]);

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

    private static IEnumerable<string> Pairs(string word)
    {
        Rune[] letters = [.. word.EnumerateRunes()];
        return letters.Length <= 2 ? [word] : letters.Zip(letters.Skip(1), (one, next) => $"{one}{next}");
    }

    // Han, Hiragana and Katakana, Hangul, Thai, Lao, Khmer and Burmese; of the planes above, rarer kana and all of the two that hold Han.
    private static bool IsUnparted(string word) => word.EnumerateRunes().Any(letter => letter.Value
        is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xAC00 and <= 0xD7AF)
            or (>= 0x0E00 and <= 0x0EFF) or (>= 0x1780 and <= 0x17FF) or (>= 0x1000 and <= 0x109F)
            or (>= 0x1AFF0 and <= 0x1B16F) or (>= 0x20000 and <= 0x3FFFF));
}
