using System.Globalization;
using CustomerCrm.Analytics.Words;
using CustomerCrm.Search;

namespace CustomerCrm.Articles.Finding;

/// <summary>
/// A text as the terms that it is found by. English words are stems; words of other languages stand as they are, and in pieces of three letters, so that
/// <c>Rücksendung</c> is found for <c>Rücksendungen</c>. Both engines keep the same terms, and so find the same. Pure.
/// </summary>
internal static class ArticleTerms
{
    private const int ShortestInParts = 5, MostTerms = 3000;

    /// <summary>What stands in the index for a text, each term as often as it is there.</summary>
    public static IEnumerable<string> Of(string text, string locale) =>
        IsEnglish(locale) ? SearchTokens.Of(text).Select(EnglishStem.Of) : SearchTokens.Of(text).SelectMany(word => (IEnumerable<string>)[word, .. Parts(word)]);

    /// <summary>Three letters in a row, with a mark before each; none of a short word. The marks keep them from being words.</summary>
    public static IReadOnlyList<string> Parts(string word)
    {
        if (word.Length < ShortestInParts) return [];
        var marked = $"_{word}_";
        return [.. Enumerable.Range(0, marked.Length - 2).Select(i => $"_{marked.AsSpan(i, 3)}").Distinct(StringComparer.Ordinal)];
    }

    public static bool IsEnglish(string locale) => locale == "en" || locale.StartsWith("en-", StringComparison.OrdinalIgnoreCase);

    /// <summary>How terms are kept: each once, with how often where that is more than once.</summary>
    public static string Write(IEnumerable<string> terms) => string.Join(' ', terms.CountBy(term => term).Take(MostTerms)
        .Select(term => term.Value == 1 ? term.Key : string.Create(CultureInfo.InvariantCulture, $"{term.Key}:{term.Value}")));

    public static IReadOnlyDictionary<string, int> Read(string written)
    {
        var terms = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in written.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = term.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) terms[term] = 1;
            else terms[term[..colon]] = int.Parse(term.AsSpan(colon + 1), CultureInfo.InvariantCulture);
        }
        return terms;
    }
}
