using CustomerCrm.ArticleCategories;
using CustomerCrm.Articles;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Help;

/// <summary>Reads what is published, as a reader may see it.</summary>
internal sealed class HelpReader(TenantDb db)
{
    private const int MostOfList = 500;

    public Task<IReadOnlyList<ArticleCategory>> CategoriesAsync(CancellationToken ct) => ArticleCategory.AllAsync(db, ct);

    /// <summary>In the order of their places.</summary>
    public async Task<IReadOnlyList<ListedArticle>> ListAsync(HelpVisit visit, CancellationToken ct) =>
        await db.QueryTopAsync<ListedArticle>(OfVisit(Listed, visit).Then("ORDER BY a.Position, a.Id"), MostOfList, new { visit.Locale }, ct);

    /// <summary>Those that were read most in the last thirty days; of as many reads, those that most readers found helpful.</summary>
    public async Task<IReadOnlyList<ListedArticle>> PopularAsync(HelpVisit visit, int most, CancellationToken ct) =>
        await db.QueryTopAsync<ListedArticle>(OfVisit(Listed, visit).Then("AND (a.RecentViews > 0 OR a.HelpfulCount > a.UnhelpfulCount) ORDER BY a.RecentViews DESC, a.HelpfulCount - a.UnhelpfulCount DESC, a.Id"), most, new { visit.Locale }, ct);

    /// <summary>By the name that it has, or had: then the article found has another.</summary>
    public async Task<ReadArticle?> FindAsync(HelpVisit visit, string slug, CancellationToken ct) =>
        await BySlugAsync(visit, slug, ct) ?? (await db.FindAsync<string>(NameNow, new { Slug = slug }, ct) is { } now ? await BySlugAsync(visit, now, ct) : null);

    private Task<ReadArticle?> BySlugAsync(HelpVisit visit, string slug, CancellationToken ct) => db.FindAsync<ReadArticle>(OfVisit(Read, visit), new { visit.Locale, Slug = slug }, ct);

    /// <summary>The languages in which an article can be read.</summary>
    public Task<IReadOnlyList<string>> LocalesOfAsync(Id<Article> articleId, CancellationToken ct) => db.QueryAsync<string>(LocalesOf, new { ArticleId = articleId }, ct);

    private static TenantSql OfVisit(TenantSql sql, HelpVisit visit) => sql.And(Condition.In("a.Visibility", visit.Readers.Visibilities.Select(one => (object?)(int)one)));

    // The text in the page's language; of an article without one, that in its own.
    private static readonly TenantSql Listed = TenantSql.Of("""
        SELECT a.Id, a.Slug, a.CategoryId, t.Locale, v.Title, v.Summary
        FROM Articles a
        JOIN ArticleTranslations t ON t.TenantId = @TenantId AND t.ArticleId = a.Id
        JOIN ArticleVersions v ON v.TenantId = @TenantId AND v.ArticleId = a.Id AND v.Locale = t.Locale AND v.Version = t.PublishedVersion
        WHERE a.TenantId = @TenantId
          AND (t.Locale = @Locale OR (t.Locale = a.Locale AND NOT EXISTS (SELECT 1 FROM ArticleTranslations o WHERE o.TenantId = @TenantId AND o.ArticleId = a.Id AND o.Locale = @Locale AND o.PublishedVersion IS NOT NULL)))
        """);

    private static readonly TenantSql Read = TenantSql.Of("""
        SELECT a.Id, a.Slug, a.CategoryId, t.Locale, v.Title, v.Summary, v.Body, t.PublishedAt, a.HelpfulCount, a.UnhelpfulCount
        FROM Articles a
        JOIN ArticleTranslations t ON t.TenantId = @TenantId AND t.ArticleId = a.Id
        JOIN ArticleVersions v ON v.TenantId = @TenantId AND v.ArticleId = a.Id AND v.Locale = t.Locale AND v.Version = t.PublishedVersion
        WHERE a.TenantId = @TenantId
          AND a.Slug = @Slug
          AND (t.Locale = @Locale OR (t.Locale = a.Locale AND NOT EXISTS (SELECT 1 FROM ArticleTranslations o WHERE o.TenantId = @TenantId AND o.ArticleId = a.Id AND o.Locale = @Locale AND o.PublishedVersion IS NOT NULL)))
        """);

    private static readonly TenantSql NameNow = TenantSql.Of("""
        SELECT a.Slug
        FROM ArticleSlugs s
        JOIN Articles a ON a.TenantId = s.TenantId AND a.Id = s.ArticleId
        WHERE s.TenantId = @TenantId
          AND s.Slug = @Slug
        """);

    private static readonly TenantSql LocalesOf = TenantSql.Of("""
        SELECT t.Locale
        FROM ArticleTranslations t
        WHERE t.TenantId = @TenantId
          AND t.ArticleId = @ArticleId
          AND t.PublishedVersion IS NOT NULL
        ORDER BY t.Locale
        """);
}

/// <summary>An article in a list of a page.</summary>
internal record ListedArticle
{
    public required Id<Article> Id { get; init; }
    public required string Slug { get; init; }
    public Id<ArticleCategory>? CategoryId { get; init; }
    public required string Locale { get; init; }
    public required string Title { get; init; }
    public string? Summary { get; init; }
}

/// <summary>An article on a page of its own.</summary>
internal sealed record ReadArticle : ListedArticle
{
    public required string Body { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required int HelpfulCount { get; init; }
    public required int UnhelpfulCount { get; init; }
}
