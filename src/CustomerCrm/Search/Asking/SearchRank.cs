namespace CustomerCrm.Search.Asking;

/// <summary>How good a match is. Pure: what a record is known by counts more than what is said in it, a whole word more than a begun one, what was typed more than what may have been meant.</summary>
internal static class SearchRank
{
    public static double Of(string titleWords, int way, IReadOnlyList<SearchTerm> terms)
    {
        var title = titleWords.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = terms.Select(term => title.Select(word => OfWord(word, term)).DefaultIfEmpty(0).Max()).ToArray();
        var isAll = title.Length == terms.Count && found.All(points => points >= Begun);
        return (3 - way) + found.Average() + (isAll ? 1 : 0);
    }

    /// <summary>Whether a word of a text is one that was looked for.</summary>
    public static bool Matches(string word, SearchTerm term) => OfWord(word, term) > 0 || IsSameStem(word, term.Words[0]);

    private const double Whole = 6, Begun = 4, Meant = 2;

    private static double OfWord(string word, SearchTerm term) =>
        word == term.Words[0] ? Whole
        : word.StartsWith(term.Words[0], StringComparison.Ordinal) ? Begun
        : term.Words.Contains(word, StringComparer.Ordinal) ? Meant
        : 0;

    // What Porter's stems bring together begins alike and differs in an ending: running, runs; delivery, deliveries.
    private static bool IsSameStem(string one, string other)
    {
        var common = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return common >= 3 && one.Length - common <= 4 && other.Length - common <= 4 && common >= Math.Min(one.Length, other.Length) - 1;
    }
}
