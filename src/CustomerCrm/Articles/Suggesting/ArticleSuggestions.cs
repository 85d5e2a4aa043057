using System.Globalization;
using System.Text.Json;
using CustomerCrm.Articles.Finding;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Products;

namespace CustomerCrm.Articles.Suggesting;

/// <summary>What is known of where somebody is and what they want.</summary>
internal sealed record SuggestionContext
{
    public string? Text { get; init; }

    /// <summary>The page that they are on.</summary>
    public string? Page { get; init; }

    public IReadOnlyList<Id<Product>> Products { get; init; } = [];
}

/// <summary>Why an article is suggested.</summary>
/// <param name="Kind">text, page or product.</param>
/// <param name="Detail">For people.</param>
public sealed record SuggestionReason(string Kind, string Detail);

/// <summary>An article for a moment, and why.</summary>
public sealed record SuggestedArticle
{
    public required ArticleHit Article { get; init; }

    /// <summary>Of the words, the page and the product together; comparable within one answer only.</summary>
    public required double Score { get; init; }

    public required IReadOnlyList<SuggestionReason> Reasons { get; init; }
}

/// <summary>Suggests articles before anybody has asked.</summary>
internal sealed class ArticleSuggestions(TenantDb db, ArticleFinder finder, ArticleHits hits)
{
    private const double PagePoints = 8, ProductPoints = 6;

    public async Task<IReadOnlyList<SuggestedArticle>> FindAsync(SuggestionContext context, Readership readers, int most, CancellationToken ct)
    {
        var found = string.IsNullOrWhiteSpace(context.Text) ? new FoundTexts(new ArticleQuery([]), []) : await finder.FindForTextAsync(context.Text, readers, ct);
        var placed = context.Page is null && context.Products.Count == 0 ? [] : await PlacedAsync(context, readers, ct);
        var chosen = found.Texts.Select(text => (text.ArticleId, text.Locale, Text: (FoundText?)text))
            .Concat(placed.Where(place => found.Texts.All(text => text.ArticleId != place.ArticleId)).Select(place => (place.ArticleId, place.Locale, Text: (FoundText?)null)))
            .Select(one => (one.ArticleId, one.Locale, one.Text, Place: placed.FirstOrDefault(place => place.ArticleId == one.ArticleId)))
            .Select(one => (Text: one.Text ?? new FoundText(one.ArticleId, one.Locale, 0, 0, []), one.Place, Score: (one.Text?.Score ?? 0) + (one.Place?.Points ?? 0)))
            .OrderByDescending(one => one.Score).ThenBy(one => one.Text.ArticleId.Value).Take(most).ToArray();
        var shown = (await hits.ReadAsync([.. chosen.Select(one => one.Text)], found.Query, ct)).ToDictionary(hit => hit.ArticleId);
        return [.. chosen.Where(one => shown.ContainsKey(one.Text.ArticleId)).Select(one => new SuggestedArticle
        {
            Article = shown[one.Text.ArticleId], Score = Math.Round(one.Score, 4), Reasons = [.. TextReason(one.Text.Why), .. one.Place?.Reasons ?? []],
        })];
    }

    private static IEnumerable<SuggestionReason> TextReason(IReadOnlyList<FoundWord> why) => why.Count == 0 ? []
        : [new SuggestionReason("text", string.Join(", ", why.OrderByDescending(word => word.Points).Select(word =>
            $"{(word.By == MatchKind.Word ? word.Typed : $"{word.Typed} as {word.Matched}")} in the {word.Field} ({word.Points.ToString("0.0", CultureInfo.InvariantCulture)})")))];

    private async Task<IReadOnlyList<Place>> PlacedAsync(SuggestionContext context, Readership readers, CancellationToken ct)
    {
        var places = await db.QueryAsync<PlaceRow>(Placed.And(Condition.In("a.Visibility", readers.Visibilities.Select(one => (object?)(int)one))), null, ct);
        return [.. places.Select(row => PlaceOf(row, context)).OfType<Place>()
            .GroupBy(place => place.ArticleId)
            .Select(texts => texts.FirstOrDefault(place => place.Locale == readers.Locale) ?? texts.FirstOrDefault(place => place.IsOwn) ?? (readers.Locale is null ? texts.First() : null))
            .OfType<Place>()];
    }

    private static Place? PlaceOf(PlaceRow row, SuggestionContext context)
    {
        var (points, reasons) = (0.0, new List<SuggestionReason>());
        if (context.Page is { } page && row.Pages.Select(pattern => (pattern, Narrow: PagePattern.Match(pattern, page))).Where(one => one.Narrow is not null).OrderByDescending(one => one.Narrow).FirstOrDefault() is { pattern: { } pattern, Narrow: { } narrow })
        {
            points += PagePoints * (0.5 + 0.5 * narrow);
            reasons.Add(new SuggestionReason("page", $"The page is one of {pattern}."));
        }
        foreach (var product in context.Products.Where(row.Products.Contains))
        {
            points += ProductPoints;
            reasons.Add(new SuggestionReason("product", $"It is about the product {product}."));
        }
        return reasons.Count == 0 ? null : new Place(row.ArticleId, row.Locale, row.IsOwn, points, reasons);
    }

    private sealed record Place(Id<Article> ArticleId, string Locale, bool IsOwn, double Points, IReadOnlyList<SuggestionReason> Reasons);

    private sealed record PlaceRow
    {
        public required Id<Article> ArticleId { get; init; }
        public required string Locale { get; init; }
        public required bool IsOwn { get; init; }
        public required string PagesText { get; init; }
        public required string ProductsText { get; init; }

        public string[] Pages => JsonSerializer.Deserialize<string[]>(PagesText, StrictJson.Options)!;
        public Id<Product>[] Products => JsonSerializer.Deserialize<Id<Product>[]>(ProductsText, StrictJson.Options)!;
    }

    private static readonly TenantSql Placed = TenantSql.Of("""
        SELECT a.Id AS ArticleId, d.Locale, CASE WHEN d.Locale = a.Locale THEN 1 ELSE 0 END AS IsOwn, a.PagesText, a.ProductsText
        FROM Articles a
        JOIN ArticleDocuments d ON d.TenantId = @TenantId AND d.ArticleId = a.Id
        WHERE a.TenantId = @TenantId
          AND (a.PagesText <> '[]' OR a.ProductsText <> '[]')
        """);
}
