using CustomerCrm.Articles.Finding;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Products;

namespace CustomerCrm.Articles.Suggesting;

/// <summary>GET /articles/suggestions: for a text, a page, a product, or something that a customer has written.</summary>
public static class SuggestArticles
{
    private const int DefaultLimit = 5, MaxLimit = 20, LongestText = 4000, LongestPage = 2000;

    public sealed record Response
    {
        /// <summary>The best first; none, where nothing fits.</summary>
        public required IReadOnlyList<SuggestedArticle> Data { get; init; }
    }

    /// <param name="text">What somebody wrote, up to 4,000 characters.</param>
    /// <param name="interaction">An interaction whose subject and text are to be answered.</param>
    /// <param name="page">The page that somebody is on: an address, or a path.</param>
    /// <param name="product">A product that it is about.</param>
    /// <param name="locale">The language of the texts; an article without it is suggested in its own.</param>
    /// <param name="audience">For whom: public, customers_only, internal. internal, if nothing is said.</param>
    /// <param name="limit">How many, 1 to 20; 5 if nothing is said.</param>
    internal static async Task<Response> Handle(
        string? text, string? interaction, string? page, string? product, string? locale, string? audience, int? limit,
        ArticleSuggestions suggestions, WrittenTexts written, ArticleLocales locales, CancellationToken ct)
    {
        if (limit is < 1 or > MaxLimit) throw ApiProblem.BadQuery("limit", "out_of_range", $"A whole number from 1 to {MaxLimit}.");
        if (text is { Length: > LongestText }) throw ApiProblem.BadQuery("text", "too_long", $"At most {LongestText} characters.");
        if (page is { Length: > LongestPage }) throw ApiProblem.BadQuery("page", "too_long", $"At most {LongestPage} characters.");
        if ((text ?? interaction ?? page ?? product) is null) throw ApiProblem.BadQuery("text", "required", "Say for what: text, interaction, page or product.");
        var readers = await SearchArticles.ReadersAsync(audience, locale, locales, ct);
        var said = interaction is null ? text : $"{text} {await written.OfInteractionAsync(Id<Interaction>.TryRead(interaction, out var id) ? id : throw ApiProblem.NotFound("interaction"), ct)}";
        var products = product is null ? [] : new[] { await written.ProductAsync(Id<Product>.TryRead(product, out var one) ? one : throw ApiProblem.NotFound("product"), ct) };
        return new Response { Data = await suggestions.FindAsync(new SuggestionContext { Text = said, Page = page, Products = products }, readers, limit ?? DefaultLimit, ct) };
    }
}

/// <summary>Reads what customers have written, to be answered.</summary>
internal sealed class WrittenTexts(TenantDb db)
{
    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<string> OfInteractionAsync(Id<Interaction> interactionId, CancellationToken ct) =>
        await db.FindAsync<Row>(Interaction, new { InteractionId = interactionId }, ct) is { } row ? $"{row.Subject} {row.Body}" : throw ApiProblem.NotFound("interaction");

    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<Id<Product>> ProductAsync(Id<Product> productId, CancellationToken ct) =>
        await db.FindAsync<int?>(Product, new { ProductId = productId }, ct) is null ? throw ApiProblem.NotFound("product") : productId;

    private sealed record Row
    {
        public string? Subject { get; init; }
        public string? Body { get; init; }
    }

    private static readonly TenantSql Interaction = TenantSql.Of("SELECT i.Subject, i.Body FROM Interactions i WHERE i.TenantId = @TenantId AND i.Id = @InteractionId");

    private static readonly TenantSql Product = TenantSql.Of("SELECT 1 FROM Products p WHERE p.TenantId = @TenantId AND p.Id = @ProductId");
}
