using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.ArticleCategories;

/// <summary>PATCH and DELETE /article_categories/{article_category_id}</summary>
public static class ChangeCategory
{
    /// <example>{"position":2}</example>
    public sealed record Request
    {
        [Required, StringLength(CreateCategory.LongestSlug), RegularExpression(CreateCategory.SlugPattern)] public Change<string> Slug { get; init; }

        /// <summary>All of them.</summary>
        /// <example>{"en":{"name":"Orders and delivery"}}</example>
        [Required, CategoryNames] public Change<IReadOnlyDictionary<string, CategoryName>> Names { get; init; }

        public Change<Id<ArticleCategory>?> ParentId { get; init; }
        [Range(0, 1_000_000)] public Change<int> Position { get; init; }
    }

    internal static async Task<ArticleCategory> Handle([FromRoute(Name = "article_category_id")] Id<ArticleCategory> categoryId, Request request, IfMatch ifMatch, TenantDb db, CategoryWriter writer, CancellationToken ct)
    {
        var current = await ArticleCategory.FindAsync(categoryId, db, ct);
        ifMatch.Check(current.Revision);
        return await writer.ChangeAsync(current, current with
        {
            Slug = request.Slug.Or(current.Slug)!, Names = request.Names.Or(current.Names)!, ParentId = request.ParentId.Or(current.ParentId), Position = request.Position.Or(current.Position),
        }, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "article_category_id")] Id<ArticleCategory> categoryId, IfMatch ifMatch, TenantDb db, CategoryWriter writer, CancellationToken ct)
    {
        var current = await ArticleCategory.FindAsync(categoryId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
