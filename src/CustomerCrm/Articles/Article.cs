using System.Text.Json;
using CustomerCrm.ArticleCategories;
using CustomerCrm.Articles.Translations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Products;

namespace CustomerCrm.Articles;

/// <summary>Something that is explained, in one language or several: where it stands, who reads it, and how far each text is.</summary>
public sealed record Article : IHasId, IVersioned
{
    public static string Prefix => "art";

    public required Id<Article> Id { get; init; }
    public Id<ArticleCategory>? CategoryId { get; init; }

    /// <summary>Its name in addresses, in every language.</summary>
    /// <example>send-back</example>
    public required string Slug { get; init; }

    /// <summary>Its own language: what stands for one that it is not written in.</summary>
    /// <example>en</example>
    public required string Locale { get; init; }

    public required ArticleVisibility Visibility { get; init; }

    /// <summary>Its place in the category, the smallest first.</summary>
    public required int Position { get; init; }

    /// <summary>Words that it is found by beside its own.</summary>
    /// <example>["rma"]</example>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Pages that it is suggested on: paths, or whole addresses, with a * for anything.</summary>
    /// <example>["/checkout*"]</example>
    public IReadOnlyList<string> Pages { get; init; } = [];

    /// <summary>Products that it is suggested for.</summary>
    public IReadOnlyList<Id<Product>> ProductIds { get; init; } = [];

    /// <summary>How many visitors said that it helped, each counted once.</summary>
    public required int HelpfulCount { get; init; }

    public required int UnhelpfulCount { get; init; }

    /// <summary>About how often it was read on the help pages, in all. Programs that say that they are, and requests ahead of a click, are left out; whoever reads twice counts twice, for nobody is known. Written once a minute, and no other revision.</summary>
    public required int Views { get; init; }

    /// <summary>Those of the last 30 days.</summary>
    public required int RecentViews { get; init; }

    /// <summary>Its texts, by language.</summary>
    public IReadOnlyList<TranslationStatus> Translations { get; init; } = [];

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string KeywordsText { init => Keywords = JsonSerializer.Deserialize<string[]>(value, StrictJson.Options)!; }
    internal string PagesText { init => Pages = JsonSerializer.Deserialize<string[]>(value, StrictJson.Options)!; }
    internal string ProductsText { init => ProductIds = JsonSerializer.Deserialize<Id<Product>[]>(value, StrictJson.Options)!; }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Article> FindAsync(Id<Article> articleId, TenantDb db, CancellationToken ct)
    {
        var article = await db.FindAsync<Article>(ById, new { ArticleId = articleId }, ct) ?? throw ApiProblem.NotFound("article");
        return (await WithTranslationsAsync([article], db, ct))[0];
    }

    internal static async Task<IReadOnlyList<Article>> WithTranslationsAsync(IReadOnlyList<Article> articles, TenantDb db, CancellationToken ct)
    {
        var texts = (await db.QueryAsync<TranslationStatus>(TranslationStatus.Matching.And(Condition.In("t.ArticleId", articles.Select(a => (object?)a.Id.ToBytes()))).Then("ORDER BY t.Locale"), null, ct)).ToLookup(t => t.ArticleId);
        return [.. articles.Select(article => article with { Translations = [.. texts[article.Id]] })];
    }

    internal static bool SaySame(Article one, Article other) =>
        one.Keywords.SequenceEqual(other.Keywords) && one.Pages.SequenceEqual(other.Pages) && one.ProductIds.SequenceEqual(other.ProductIds)
        && one with { Keywords = [], Pages = [], ProductIds = [], Translations = [] } == other with { Keywords = [], Pages = [], ProductIds = [], Translations = [] };

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT a.Id, a.CategoryId, a.Slug, a.Locale, a.Visibility, a.Position, a.KeywordsText, a.PagesText, a.ProductsText, a.HelpfulCount, a.UnhelpfulCount, a.Views, a.RecentViews,
            a.Revision, a.CreatedAt, a.UpdatedAt
        FROM Articles a
        WHERE a.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND a.Id = @ArticleId");
}
