using System.ComponentModel.DataAnnotations;
using CustomerCrm.ArticleCategories;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Products;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Articles;

/// <summary>PATCH and DELETE /articles/{article_id}. Its texts are changed one by one.</summary>
public static class ChangeArticle
{
    /// <example>{"visibility":"customers_only","keywords":["rma","return"]}</example>
    public sealed record Request
    {
        [Required, StringLength(ArticleSlug.Longest), RegularExpression(ArticleSlug.Pattern)] public Change<string> Slug { get; init; }

        /// <summary>One that it is written in.</summary>
        /// <example>en</example>
        [Required, StringLength(20), LanguageTag] public Change<string> Locale { get; init; }

        public Change<Id<ArticleCategory>?> CategoryId { get; init; }
        public Change<ArticleVisibility> Visibility { get; init; }
        [Range(0, 1_000_000)] public Change<int> Position { get; init; }

        /// <summary>All of them.</summary>
        [Required, MaxLength(CreateArticle.MostKeywords), ShortTexts] public Change<IReadOnlyList<string>> Keywords { get; init; }

        /// <summary>All of them.</summary>
        [Required, MaxLength(CreateArticle.MostPages), ShortTexts] public Change<IReadOnlyList<string>> Pages { get; init; }

        /// <summary>All of them.</summary>
        [Required, MaxLength(CreateArticle.MostProducts)] public Change<IReadOnlyList<Id<Product>>> ProductIds { get; init; }
    }

    internal static async Task<Article> Handle([FromRoute(Name = "article_id")] Id<Article> articleId, Request request, IfMatch ifMatch, Caller caller, TenantDb db, ArticleWriter writer, CancellationToken ct)
    {
        var current = await Article.FindAsync(articleId, db, ct);
        ifMatch.Check(current.Revision);
        if (request.Visibility.Or(current.Visibility) < current.Visibility) CheckPublisher(current, caller);
        var locale = request.Locale.IsSet ? LocaleTag.Of(request.Locale.Value!) : current.Locale;
        if (current.Translations.All(text => text.Locale != locale)) throw ApiProblem.Invalid("/locale", "not_written", "The article has no text in this language.");
        return await writer.ChangeAsync(current, current with
        {
            Slug = request.Slug.Or(current.Slug)!,
            Locale = locale,
            CategoryId = request.CategoryId.Or(current.CategoryId),
            Visibility = request.Visibility.Or(current.Visibility),
            Position = request.Position.Or(current.Position),
            Keywords = request.Keywords.Or(current.Keywords)!,
            Pages = request.Pages.Or(current.Pages)!,
            ProductIds = request.ProductIds.Or(current.ProductIds)!,
        }, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "article_id")] Id<Article> articleId, IfMatch ifMatch, TenantDb db, ArticleWriter writer, CancellationToken ct)
    {
        var current = await Article.FindAsync(articleId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }

    // Shown to more people is published once more: who may not do the one does not do the other.
    private static void CheckPublisher(Article article, Caller caller)
    {
        if (article.Translations.Any(text => text.PublishedVersion is not null) && !caller.Scopes.Has("article_reviews:write"))
            throw ApiProblem.Forbidden("scope_missing", "Only who may publish shows what is published to more people: it needs the scope article_reviews:write.");
    }
}
