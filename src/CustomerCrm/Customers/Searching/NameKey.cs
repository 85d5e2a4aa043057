using System.Text;
using CustomerCrm.Platform;

namespace CustomerCrm.Customers.Searching;

/// <summary>A name as lists sort it and as the search finds it.</summary>
internal static class NameKey
{
    private const int MostWords = 12, LongestWord = 40, LongestKey = 200;

    /// <summary>Folded, with single spaces between the words; empty for no name. At most 200 characters.</summary>
    public static string Of(string? name) => string.Join(' ', Words(name)).Beginning(LongestKey);

    /// <summary>Letters and digits of all planes belong to a word, an apostrophe inside does not part it: <c>O'Brien-Smith</c> is obrien and smith.</summary>
    public static IEnumerable<string> Words(string? name)
    {
        var word = new StringBuilder();
        foreach (var rune in Folding.Fold(name ?? "").EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) word.Append(rune.ToString());
            else if (rune.Value is not ('\'' or '’' or '`') && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0) yield return word.ToString();
    }

    /// <summary>What is stored for the search: each word once, as UTF-8.</summary>
    public static IReadOnlyList<byte[]> Keys(string? name) =>
        [.. Words(name).Select(Cut).Distinct(StringComparer.Ordinal).Take(MostWords).Select(Encoding.UTF8.GetBytes)];

    /// <summary>A word of a query, cut as the stored ones are.</summary>
    public static string Cut(string word) => word.Beginning(LongestWord);
}
