using CustomerCrm.Articles.Markdown;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Articles.Translations;

/// <summary>An article in one language: how far it is.</summary>
public record TranslationStatus
{
    public required Id<Article> ArticleId { get; init; }

    /// <example>en</example>
    public required string Locale { get; init; }

    /// <summary>Of the latest version.</summary>
    /// <example>How do I send something back?</example>
    public required string Title { get; init; }

    /// <summary>Of the latest version. It goes back to draft with each change.</summary>
    public required TranslationState State { get; init; }

    /// <summary>The latest; 1 for the first, and one more with each change.</summary>
    public required int Version { get; init; }

    /// <summary>The version that readers see; null: none.</summary>
    public int? PublishedVersion { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Ends in its WHERE.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT t.ArticleId, t.Locale, v.Title, t.State, t.LatestVersion AS Version, t.PublishedVersion, t.PublishedAt, t.Revision, t.CreatedAt, t.UpdatedAt
        FROM ArticleTranslations t
        JOIN ArticleVersions v ON v.TenantId = @TenantId AND v.ArticleId = t.ArticleId AND v.Locale = t.Locale AND v.Version = t.LatestVersion
        WHERE t.TenantId = @TenantId
        """);
}

/// <summary>The same, with its text: that of the latest version.</summary>
public sealed record Translation : TranslationStatus, IVersioned
{
    public string? Summary { get; init; }

    /// <summary>Markdown.</summary>
    /// <example>You have **30 days**.</example>
    public required string Body { get; init; }

    /// <summary>The same, safe to put into any page; headings begin at the second level.</summary>
    /// <example>&lt;p>You have &lt;strong>30 days&lt;/strong>.&lt;/p></example>
    public string Html => ArticleMarkdown.ToHtml(Body);

    /// <summary>Who wrote the latest version, as they were called then.</summary>
    public Actor Author => new(AuthorKind, AuthorId, AuthorName);

    /// <summary>What was said of it when review was asked for, or in the review.</summary>
    public string? ReviewNote { get; init; }

    /// <summary>Who approved or rejected it last; null while it waits.</summary>
    public Actor? Reviewer => ReviewerKind is { } kind ? new Actor(kind, ReviewerId, ReviewerName ?? "") : null;

    internal ActorKind AuthorKind { get; init; }
    internal string? AuthorId { get; init; }
    internal string AuthorName { get; init; } = "";
    internal ActorKind? ReviewerKind { get; init; }
    internal string? ReviewerId { get; init; }
    internal string? ReviewerName { get; init; }

    /// <exception cref="ApiProblem">404: there is no such article, or none in this language.</exception>
    internal static async Task<Translation> FindAsync(Id<Article> articleId, string locale, TenantDb db, CancellationToken ct)
    {
        if (await db.FindAsync<int?>(OfArticle, new { ArticleId = articleId }, ct) is null) throw ApiProblem.NotFound("article");
        return await LookAsync(articleId, locale, db, ct) ?? throw ApiProblem.NotFound("translation");
    }

    internal static Task<Translation?> LookAsync(Id<Article> articleId, string locale, TenantDb db, CancellationToken ct) =>
        db.FindAsync<Translation>(ByLocale, new { ArticleId = articleId, Locale = LocaleTag.Of(locale) }, ct);

    internal static readonly TenantSql OfArticle = TenantSql.Of("SELECT 1 FROM Articles a WHERE a.TenantId = @TenantId AND a.Id = @ArticleId");

    private static readonly TenantSql ByLocale = TenantSql.Of("""
        SELECT t.ArticleId, t.Locale, v.Title, t.State, t.LatestVersion AS Version, t.PublishedVersion, t.PublishedAt, t.Revision, t.CreatedAt, t.UpdatedAt,
            v.Summary, v.Body, v.AuthorKind, v.AuthorId, v.AuthorName, t.ReviewNote, t.ReviewerKind, t.ReviewerId, t.ReviewerName
        FROM ArticleTranslations t
        JOIN ArticleVersions v ON v.TenantId = @TenantId AND v.ArticleId = t.ArticleId AND v.Locale = t.Locale AND v.Version = t.LatestVersion
        WHERE t.TenantId = @TenantId
          AND t.ArticleId = @ArticleId
          AND t.Locale = @Locale
        """);
}
