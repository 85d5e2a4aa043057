using System.Text;

namespace CustomerCrm.Search.Asking;

/// <summary>What a mistyped word can have meant: words that share three letters in a row with it, and then are near enough. Pure.</summary>
internal static class Spelling
{
    private const int MostMeant = 6;

    /// <summary>Three letters in a row, with a mark before the first and behind the last; each once, in UTF-8.</summary>
    public static IReadOnlyList<byte[]> Trigrams(string word)
    {
        var marked = $"^{word}$";
        return [.. Enumerable.Range(0, marked.Length - 2).Select(i => marked.Substring(i, 3)).Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The nearest first. A word that holds the typed one whole was meant too: languages that join words are searched by a part.</summary>
    public static IReadOnlyList<string> Meant(string typed, IEnumerable<string> candidates) =>
    [
        .. candidates
            .Where(word => word != typed && !word.StartsWith(typed, StringComparison.Ordinal))
            .Select(word => (Word: word, Distance: word.Contains(typed, StringComparison.Ordinal) ? 1 : Distance(typed, word)))
            .Where(near => near.Distance <= Tolerated(typed))
            .OrderBy(near => near.Distance).ThenBy(near => near.Word, StringComparer.Ordinal)
            .Take(MostMeant)
            .Select(near => near.Word),
    ];

    /// <summary>One slip in a short word, two in a long one.</summary>
    public static int Tolerated(string word) => word.Length < 8 ? 1 : 2;

    /// <summary>How many letters must be put in, taken out, replaced or swapped with their neighbour (optimal string alignment).</summary>
    public static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 2) return int.MaxValue;
        int[] older = new int[other.Length + 1], last = [.. Enumerable.Range(0, other.Length + 1)], row = new int[other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) row[j] = Math.Min(row[j], older[j - 2] + 1);
            }
            (older, last, row) = (last, row, older);
        }
        return last[other.Length];
    }
}
