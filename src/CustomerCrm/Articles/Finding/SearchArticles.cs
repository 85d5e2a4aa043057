using System.ComponentModel.DataAnnotations;
using CustomerCrm.Articles.Reports;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Articles.Finding;

/// <summary>GET /articles/search</summary>
public static class SearchArticles
{
    internal const int ShortestText = 2, LongestText = 200, DefaultLimit = 10, MaxLimit = 50;

    public sealed record Response
    {
        /// <summary>The best first.</summary>
        public required IReadOnlyList<ArticleHit> Data { get; init; }

        /// <summary>Words that no article has, and what they were taken for.</summary>
        /// <example>{"refnud":"refund"}</example>
        public required IReadOnlyDictionary<string, string> Corrected { get; init; }
    }

    /// <param name="q">What somebody typed: 2 to 200 characters.</param>
    /// <param name="locale">The language to search in: an article that has no text in it is found by that in its own. Left out: all texts.</param>
    /// <param name="audience">What may be found: public, customers_only (and public), internal (everything). internal, if nothing is said.</param>
    /// <param name="limit">How many, 1 to 50; 10 if nothing is said.</param>
    internal static async Task<Response> Handle(string? q, string? locale, string? audience, [Range(1, MaxLimit)] int? limit, ArticleFinder finder, ArticleLocales locales, ArticleHits hits, SearchLog log, CancellationToken ct)
    {
        var typed = q?.Trim() ?? "";
        if (typed.Length is < ShortestText or > LongestText || typed.Any(char.IsControl)) throw ApiProblem.BadQuery("q", "out_of_range", $"{ShortestText} to {LongestText} characters.");
        if (limit is < 1 or > MaxLimit) throw ApiProblem.BadQuery("limit", "out_of_range", $"A whole number from 1 to {MaxLimit}.");
        var readers = await ReadersAsync(audience, locale, locales, ct);
        var found = await finder.FindAsync(typed, readers, ct);
        var data = await hits.ReadAsync([.. found.Texts.Take(limit ?? DefaultLimit)], found.Query, ct);
        await log.RecordAsync(typed, readers.Locale ?? "", SearchSource.Agent, data.Count, ct);
        return new Response { Data = data, Corrected = CorrectedBy(data) };
    }

    internal static async Task<Readership> ReadersAsync(string? audience, string? locale, ArticleLocales locales, CancellationToken ct)
    {
        var visibilities = audience switch
        {
            null or "internal" => Readership.Staff,
            "customers_only" => Readership.Customers,
            "public" => Readership.Everybody,
            _ => throw ApiProblem.BadQuery("audience", "value_invalid", "Of: public, customers_only, internal."),
        };
        if (locale is { Length: > 20 } || (locale is not null && !ArticleLocales.IsTag(locale))) throw ApiProblem.BadQuery("locale", "language_tag_invalid", "A language tag as in BCP 47: de-AT.");
        return new Readership(visibilities, locale is null ? null : await locales.NearestAsync(locale, ct));
    }

    internal static IReadOnlyDictionary<string, string> CorrectedBy(IEnumerable<ArticleHit> hits) => hits.SelectMany(hit => hit.Why).Where(word => word.By == MatchKind.Spelling)
        .GroupBy(word => word.Typed, StringComparer.Ordinal).ToDictionary(word => word.Key, word => word.First().Matched);
}
