using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Articles.Translations;

/// <summary>What was written of an article in one language, at one time.</summary>
public sealed record ArticleVersion
{
    public required int Version { get; init; }

    /// <example>How do I send something back?</example>
    public required string Title { get; init; }

    public string? Summary { get; init; }

    /// <summary>Markdown.</summary>
    /// <example>You have **30 days**.</example>
    public required string Body { get; init; }

    /// <summary>Of one that brings back an earlier one: which.</summary>
    public int? RestoredFrom { get; init; }

    /// <summary>Whether readers see this one.</summary>
    public required bool IsPublished { get; init; }

    /// <summary>Who wrote it, as they were called then.</summary>
    public Actor Author => new(AuthorKind, AuthorId, AuthorName);

    public required DateTimeOffset CreatedAt { get; init; }

    internal ActorKind AuthorKind { get; init; }
    internal string? AuthorId { get; init; }
    internal string AuthorName { get; init; } = "";

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT v.Version, v.Title, v.Summary, v.Body, v.RestoredFrom, CASE WHEN t.PublishedVersion = v.Version THEN 1 ELSE 0 END AS IsPublished,
            v.AuthorKind, v.AuthorId, v.AuthorName, v.CreatedAt
        FROM ArticleVersions v
        JOIN ArticleTranslations t ON t.TenantId = @TenantId AND t.ArticleId = v.ArticleId AND t.Locale = v.Locale
        WHERE v.TenantId = @TenantId
          AND v.ArticleId = @ArticleId
          AND v.Locale = @Locale
        """);

    internal static readonly TenantSql ByNumber = Matching.Then("AND v.Version = @Version");

    internal static readonly TenantSql LatestFirst = Matching.Then("ORDER BY v.Version DESC");
}
