using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Products;

/// <summary>
/// What a search text can mean of a product: every word begins a word of its name, or the text begins its SKU, as it is typed or in capitals. As with
/// customers, it first looks how many that could be: the list begins with them if they are few, and asks each row if they are many.
/// </summary>
internal sealed class ProductSearch(TenantDb db)
{
    private const int ShortestText = 2, LongestText = 100, MostWords = 5, Few = 500;

    /// <exception cref="ApiProblem">400: too short or too long.</exception>
    public async Task<Found> FindAsync(string text, CancellationToken ct)
    {
        var typed = text.Trim();
        if (typed.Length is < ShortestText or > LongestText || typed.Any(char.IsControl))
            throw ApiProblem.BadQuery("q", "out_of_range", $"{ShortestText} to {LongestText} characters.");

        KeyRange[] words = [.. NameKey.Words(typed).Select(NameKey.Cut).Distinct(StringComparer.Ordinal).Take(MostWords).Select(KeyRange.StartingWith)];
        var (sku, capitals) = (KeyRange.StartingWith(typed), KeyRange.StartingWith(typed.ToUpperInvariant()));
        var (word, count) = (KeyRange.Nothing, 0);
        foreach (var (n, one) in words.Index())
        {
            var among = (await db.QueryTopAsync<Id<Product>>(OfWord, Few + 1, new { one.From, one.To }, ct)).Count;
            if (n == 0 || among < count) (word, count) = (one, among);
        }
        foreach (var range in new[] { sku, capitals })
            count = Math.Max(count, (await db.QueryTopAsync<Id<Product>>(OfSku, Few + 1, new { range.From, range.To }, ct)).Count);

        var hasWords = words.Length == 0 ? Condition.Of("1 = 0") : Condition.All(words.Select(HasWord));
        return new Found(count <= Few, Condition.Any([hasWords, HasSku(sku), HasSku(capitals)]), new
        {
            WordFrom = word.From, WordTo = word.To, SkuFrom = sku.From, SkuTo = sku.To, CapitalsFrom = capitals.From, CapitalsTo = capitals.To,
        });
    }

    /// <param name="AreFew">At most 500 by each way.</param>
    /// <param name="Condition">What each row is asked.</param>
    /// <param name="Ranges">The parameters that name the few.</param>
    internal sealed record Found(bool AreFew, Condition Condition, object Ranges);

    private static Condition HasWord(KeyRange word) => Condition.Of(
        "EXISTS (SELECT 1 FROM ProductWords w WHERE w.TenantId = p.TenantId AND w.ProductId = p.Id AND w.Word >= {0} AND w.Word < {1})", word.From, word.To);

    private static Condition HasSku(KeyRange sku) => Condition.Of("(p.SkuKey >= {0} AND p.SkuKey < {1})", sku.From, sku.To);

    private static readonly TenantSql OfWord = TenantSql.Of("""
        SELECT w.ProductId
        FROM ProductWords w
        WHERE w.TenantId = @TenantId AND w.Word >= @From AND w.Word < @To
        ORDER BY w.Word, w.ProductId
        """);

    private static readonly TenantSql OfSku = TenantSql.Of("""
        SELECT p.Id
        FROM Products p
        WHERE p.TenantId = @TenantId AND p.SkuKey >= @From AND p.SkuKey < @To
        ORDER BY p.SkuKey
        """);
}
