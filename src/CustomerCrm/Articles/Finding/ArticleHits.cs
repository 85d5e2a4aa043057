using CustomerCrm.ArticleCategories;
using CustomerCrm.Articles.Markdown;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Search;
using CustomerCrm.Search.Asking;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Articles.Finding;

/// <summary>An article as lists of answers show it.</summary>
public sealed record ArticleHit
{
    public required Id<Article> ArticleId { get; init; }

    /// <summary>The language of the text that was found; another than the one asked for where the article is not written in that.</summary>
    /// <example>en</example>
    public required string Locale { get; init; }

    /// <example>How do I send something back?</example>
    public required string Title { get; init; }

    public string? Summary { get; init; }

    /// <summary>The beginning of the text, or the place where the first word stands that was looked for.</summary>
    public required string Excerpt { get; init; }

    public required ArticleVisibility Visibility { get; init; }
    public Id<ArticleCategory>? CategoryId { get; init; }

    /// <summary>Its public page; null for an internal article, and where there are no help pages.</summary>
    /// <example>https://crm.example.com/help/acme/en/articles/send-back</example>
    public string? Url { get; init; }

    /// <summary>Comparable within one answer only.</summary>
    public required double Score { get; init; }

    /// <summary>The share of what was asked that the article has, weighed by how rare the words are: 0 to 1.</summary>
    public required double Coverage { get; init; }

    /// <summary>Which words led to it, and how.</summary>
    public required IReadOnlyList<FoundWord> Why { get; init; }

    internal string Slug { get; init; } = "";
}

/// <summary>Reads what is shown of texts that were found.</summary>
internal sealed class ArticleHits(TenantDb db, IOptions<PublicOptions> options)
{
    private const int LongestExcerpt = 200;

    /// <param name="found">In their order; those that are gone meanwhile are left out.</param>
    /// <param name="query">What was looked for, for the excerpts.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<ArticleHit>> ReadAsync(IReadOnlyList<FoundText> found, ArticleQuery query, CancellationToken ct)
    {
        if (found.Count == 0) return [];
        var rows = (await db.QueryAsync<Row>(Published.And(Condition.In("a.Id", found.Select(f => (object?)f.ArticleId.ToBytes()))), null, ct)).ToLookup(row => (row.ArticleId, row.Locale));
        var help = (await db.QueryAsync<string>(HelpSlug, null, ct)) is [var slug] ? $"{options.Value.BaseUrl.TrimEnd('/')}/help/{slug}" : null;
        SearchTerm[] terms = [.. query.Words.SelectMany(word => word.Alternatives).Where(one => one.By != MatchKind.Part).SelectMany(one => one.Meant.Split(' ')).Distinct(StringComparer.Ordinal).Select(word => new SearchTerm([word], IsBeginning: false))];
        return [.. found.SelectMany(f => rows[(f.ArticleId, f.Locale)].Select(row => new ArticleHit
        {
            ArticleId = row.ArticleId,
            Locale = row.Locale,
            Title = row.Title,
            Summary = row.Summary,
            Excerpt = ExcerptOf(row.Body, terms),
            Visibility = row.Visibility,
            CategoryId = row.CategoryId,
            Url = help is null || row.Visibility == ArticleVisibility.Internal ? null : $"{help}/{row.Locale}/articles/{row.Slug}",
            Score = f.Score,
            Coverage = f.Coverage,
            Why = f.Why,
            Slug = row.Slug,
        }))];
    }

    private static string ExcerptOf(string markdown, IReadOnlyList<SearchTerm> terms)
    {
        var plain = ArticleMarkdown.PlainOf(markdown);
        if (Highlights.Of(new SearchText("body", plain), terms) is { } highlight) return highlight.Text.Trim();
        return plain.Shortened(LongestExcerpt);
    }

    private sealed record Row
    {
        public required Id<Article> ArticleId { get; init; }
        public required string Locale { get; init; }
        public required string Slug { get; init; }
        public required string Title { get; init; }
        public string? Summary { get; init; }
        public required string Body { get; init; }
        public required ArticleVisibility Visibility { get; init; }
        public Id<ArticleCategory>? CategoryId { get; init; }
    }

    private static readonly TenantSql Published = TenantSql.Of("""
        SELECT a.Id AS ArticleId, t.Locale, a.Slug, v.Title, v.Summary, v.Body, a.Visibility, a.CategoryId
        FROM Articles a
        JOIN ArticleTranslations t ON t.TenantId = @TenantId AND t.ArticleId = a.Id
        JOIN ArticleVersions v ON v.TenantId = @TenantId AND v.ArticleId = a.Id AND v.Locale = t.Locale AND v.Version = t.PublishedVersion
        WHERE a.TenantId = @TenantId
        """);

    private static readonly TenantSql HelpSlug = TenantSql.Of("SELECT h.Slug FROM HelpCenters h WHERE h.TenantId = @TenantId AND h.Slug IS NOT NULL");
}
