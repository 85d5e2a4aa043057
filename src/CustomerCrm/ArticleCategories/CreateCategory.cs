using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.ArticleCategories;

/// <summary>POST /article_categories</summary>
public static class CreateCategory
{
    internal const string SlugPattern = "^[a-z0-9]+(-[a-z0-9]+)*$";
    internal const int LongestSlug = 80;

    /// <example>{"slug":"orders","names":{"en":{"name":"Orders and delivery"},"de":{"name":"Bestellung und Versand"}}}</example>
    public sealed record Request
    {
        [StringLength(LongestSlug), RegularExpression(SlugPattern)] public required string Slug { get; init; }

        /// <summary>At least one, by language.</summary>
        /// <example>{"en":{"name":"Orders and delivery"}}</example>
        [CategoryNames] public required IReadOnlyDictionary<string, CategoryName> Names { get; init; }

        public Id<ArticleCategory>? ParentId { get; init; }
        [Range(0, 1_000_000)] public int Position { get; init; }
    }

    internal static async Task<Created<ArticleCategory>> Handle(Request request, CategoryWriter writer, CancellationToken ct)
    {
        var category = await writer.CreateAsync(request, ct);
        return TypedResults.Created($"/v1/article_categories/{category.Id}", category);
    }
}

/// <summary>By language tags, one to fifty.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CategoryNamesAttribute() : ValidationAttribute("1 to 50 languages as in BCP 47."), ICoded
{
    private static readonly Tenant.LanguageTagAttribute tag = new();

    public string Code => "names_invalid";

    public override bool IsValid(object? value) => value is not IReadOnlyDictionary<string, CategoryName> names
        || (names.Count is >= 1 and <= 50 && names.Keys.All(language => language.Length <= 20 && tag.IsValid(language)));
}
