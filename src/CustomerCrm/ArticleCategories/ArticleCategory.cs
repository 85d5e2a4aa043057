using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.ArticleCategories;

/// <summary>Where articles stand. Categories stand in one another.</summary>
public sealed record ArticleCategory : IHasId, IVersioned
{
    public static string Prefix => "acat";

    public required Id<ArticleCategory> Id { get; init; }

    /// <summary>Which one it stands in; null: none.</summary>
    public Id<ArticleCategory>? ParentId { get; init; }

    /// <summary>Its name in addresses.</summary>
    /// <example>orders</example>
    public required string Slug { get; init; }

    /// <summary>What readers call it, by language.</summary>
    public IReadOnlyDictionary<string, CategoryName> Names { get; init; } = new Dictionary<string, CategoryName>();

    /// <summary>Its place among those beside it, the smallest first.</summary>
    public required int Position { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string NamesText { init => Names = JsonSerializer.Deserialize<Dictionary<string, CategoryName>>(value, StrictJson.Options)!; }

    internal string WrittenNames => JsonSerializer.Serialize(Names, StrictJson.Options);

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<ArticleCategory> FindAsync(Id<ArticleCategory> categoryId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<ArticleCategory>(ById, new { CategoryId = categoryId }, ct) ?? throw ApiProblem.NotFound("category");

    internal static Task<IReadOnlyList<ArticleCategory>> AllAsync(TenantDb db, CancellationToken ct) => db.QueryAsync<ArticleCategory>(InOrder, null, ct);

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT c.Id, c.ParentId, c.Slug, c.NamesText, c.Position, c.Revision, c.CreatedAt, c.UpdatedAt
        FROM ArticleCategories c
        WHERE c.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND c.Id = @CategoryId");

    private static readonly TenantSql InOrder = Matching.Then("ORDER BY c.Position, c.Id");
}

/// <summary>What readers of one language call a category.</summary>
public sealed record CategoryName
{
    /// <example>Orders and delivery</example>
    [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

    [StringLength(500)] public string? Description { get; init; }
}
