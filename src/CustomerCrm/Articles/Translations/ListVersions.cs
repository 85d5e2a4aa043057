using System.Globalization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Articles.Translations;

/// <summary>The versions of an article's text: all, one, and back to one.</summary>
public static class ListVersions
{
    private const int Most = 200;

    public sealed record Response
    {
        /// <summary>The latest first; at most 200.</summary>
        public required IReadOnlyList<ArticleVersion> Data { get; init; }
    }

    internal static async Task<Response> Handle([FromRoute(Name = "article_id")] Id<Article> articleId, string locale, TenantDb db, CancellationToken ct)
    {
        var current = await Translation.FindAsync(articleId, locale, db, ct);
        return new Response { Data = await db.QueryTopAsync<ArticleVersion>(ArticleVersion.LatestFirst, Most, new { ArticleId = articleId, current.Locale }, ct) };
    }

    internal static async Task<ArticleVersion> Show([FromRoute(Name = "article_id")] Id<Article> articleId, string locale, [FromRoute(Name = "article_version")] string version, TenantDb db, CancellationToken ct)
    {
        var current = await Translation.FindAsync(articleId, locale, db, ct);
        return await FindAsync(current, version, db, ct);
    }

    internal static async Task<Translation> Restore(
        [FromRoute(Name = "article_id")] Id<Article> articleId, string locale, [FromRoute(Name = "article_version")] string version, IfMatch ifMatch, TenantDb db, TranslationWriter writer, CancellationToken ct)
    {
        var current = await Translation.FindAsync(articleId, locale, db, ct);
        ifMatch.Check(current.Revision);
        var former = await FindAsync(current, version, db, ct);
        return await writer.RewriteAsync(current, new ArticleText { Title = former.Title, Summary = former.Summary, Body = former.Body }, former.Version, ct);
    }

    private static async Task<ArticleVersion> FindAsync(Translation current, string version, TenantDb db, CancellationToken ct) =>
        int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await db.FindAsync<ArticleVersion>(ArticleVersion.ByNumber, new { current.ArticleId, current.Locale, Version = number }, ct) is { } found
            ? found : throw ApiProblem.NotFound("version");
}
