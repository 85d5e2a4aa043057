using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Products;

/// <summary>What a search text can mean of a product: every word begins a word of its name, or the text begins its SKU. Pure.</summary>
internal static class ProductSearch
{
    private const int ShortestText = 2, LongestText = 100, MostWords = 5;

    /// <exception cref="ApiProblem">400: too short or too long.</exception>
    public static Condition Of(string text)
    {
        var typed = text.Trim();
        if (typed.Length is < ShortestText or > LongestText || typed.Any(char.IsControl))
            throw ApiProblem.BadQuery("q", "out_of_range", $"{ShortestText} to {LongestText} characters.");

        KeyRange[] words = [.. NameKey.Words(typed).Select(NameKey.Cut).Distinct(StringComparer.Ordinal).Take(MostWords).Select(KeyRange.StartingWith)];
        return words.Length > 1
            ? Condition.Any([Condition.All(words.Select(word => HasWordOrSku(word, KeyRange.Nothing, KeyRange.Nothing))), HasWordOrSku(KeyRange.Nothing, KeyRange.StartingWith(typed), KeyRange.StartingWith(typed.ToUpperInvariant()))])
            : HasWordOrSku(words is [var word] ? word : KeyRange.Nothing, KeyRange.StartingWith(typed), KeyRange.StartingWith(typed.ToUpperInvariant())); // one set, that the list can begin with
    }

    private static Condition HasWordOrSku(KeyRange word, KeyRange sku, KeyRange capitals) => Condition.Of("""
        p.Id IN (SELECT w.ProductId FROM ProductWords w WHERE w.TenantId = @TenantId AND w.Word >= {0} AND w.Word < {1}
                 UNION
                 SELECT s.Id FROM Products s WHERE s.TenantId = @TenantId AND s.SkuKey >= {2} AND s.SkuKey < {3}
                 UNION
                 SELECT c.Id FROM Products c WHERE c.TenantId = @TenantId AND c.SkuKey >= {4} AND c.SkuKey < {5})
        """, word.From, word.To, sku.From, sku.To, capitals.From, capitals.To);
}
