using System.ComponentModel.DataAnnotations;
using CustomerCrm.ArticleCategories;
using CustomerCrm.Platform.Data;
using CustomerCrm.Products;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Articles;

/// <summary>POST /articles: with its first text, as a draft.</summary>
public static class CreateArticle
{
    public const int MostKeywords = 50, MostPages = 50, MostProducts = 100;

    /// <example>{"title":"How do I send something back?","body":"You have **30 days**.","locale":"en","keywords":["rma"],"pages":["/orders/*"]}</example>
    public sealed record Request : ArticleText
    {
        /// <summary>Made of the title, if nothing is said.</summary>
        [StringLength(ArticleSlug.Longest), RegularExpression(ArticleSlug.Pattern)] public string? Slug { get; init; }

        /// <summary>The article's own language, which this text is in; the tenant's, if nothing is said.</summary>
        [StringLength(20), LanguageTag] public string? Locale { get; init; }

        public Id<ArticleCategory>? CategoryId { get; init; }

        /// <summary>public, if nothing is said.</summary>
        public ArticleVisibility? Visibility { get; init; }

        [Range(0, 1_000_000)] public int Position { get; init; }

        [MaxLength(MostKeywords), ShortTexts] public IReadOnlyList<string> Keywords { get; init; } = [];
        [MaxLength(MostPages), ShortTexts] public IReadOnlyList<string> Pages { get; init; } = [];
        [MaxLength(MostProducts)] public IReadOnlyList<Id<Product>> ProductIds { get; init; } = [];
    }

    internal static async Task<Created<Article>> Handle(Request request, ArticleWriter writer, CurrentSettings settings, CancellationToken ct)
    {
        var locale = LocaleTag.Of(request.Locale ?? (await settings.GetAsync(ct)).Locale);
        var article = await writer.CreateAsync(request, locale, ct);
        return TypedResults.Created($"/v1/articles/{article.Id}", article);
    }
}
