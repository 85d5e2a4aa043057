using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Articles.Votes;

/// <summary>POST and GET /articles/{article_id}/votes</summary>
public static class VoteOnArticle
{
    /// <example>{"visitor":"9f1c2e","is_helpful":false,"remark":"Where is the label?"}</example>
    public sealed record Request
    {
        /// <summary>What tells your visitors apart: an id of your own. Only its hash is kept.</summary>
        [StringLength(200, MinimumLength = 1)] public required string Visitor { get; init; }

        public required bool IsHelpful { get; init; }

        /// <summary>What was missing.</summary>
        [StringLength(1000, MinimumLength = 1)] public string? Remark { get; init; }

        /// <summary>Which text was read; the article's own language, if nothing is said.</summary>
        [StringLength(20), LanguageTag] public string? Locale { get; init; }
    }

    internal static async Task<ArticleStanding> Handle([FromRoute(Name = "article_id")] Id<Article> articleId, Request request, TenantDb db, ArticleVotes votes, CancellationToken ct)
    {
        var article = await Article.FindAsync(articleId, db, ct);
        return await votes.VoteAsync(articleId, ArticleVotes.HashOf($"api:{request.Visitor}"), LocaleTag.Of(request.Locale ?? article.Locale), request.IsHelpful, request.Remark, ct);
    }

    internal static async Task<Page<ArticleVote>> List([FromRoute(Name = "article_id")] Id<Article> articleId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await Article.FindAsync(articleId, db, ct);
        return await OfOne.Where(Condition.Of("v.ArticleId = {0}", articleId)).ReadAsync(query, db, null, ct);
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT v.Visitor, v.Locale, v.IsHelpful, v.Remark, v.VotedAt
        FROM ArticleVotes v
        WHERE v.TenantId = @TenantId
        """);

    internal static readonly ListOf<ArticleVote> OfOne = ListOf<ArticleVote>.From(Matching, "v.Visitor", vote => vote.Visitor)
        .SortedBy("voted_at", "v.VotedAt", vote => vote.VotedAt, isDescending: true)
        .FilteredBy("is_helpful", "v.IsHelpful", FilterType.Boolean, Operators.Equal)
        .FilteredBy("voted_at", "v.VotedAt", FilterType.Time, Operators.Range)
        .FilteredBy("has_remark", "eq", FilterType.Boolean, "Only votes with a remark, or only those without.", yes => yes is true ? Condition.Of("v.Remark IS NOT NULL") : Condition.Of("v.Remark IS NULL"));
}

/// <summary>What a visitor said of an article.</summary>
public sealed record ArticleVote
{
    /// <summary>Which text they read.</summary>
    /// <example>en</example>
    public required string Locale { get; init; }

    public required bool IsHelpful { get; init; }

    /// <example>Where is the label?</example>
    public string? Remark { get; init; }

    public required DateTimeOffset VotedAt { get; init; }

    internal byte[] Visitor { get; init; } = [];
}
