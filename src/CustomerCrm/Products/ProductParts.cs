using System.Globalization;
using System.Text;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Products;

/// <summary>What a description says of the SKU, the categories and the external ids of a product, as they are compared. Null: it says nothing of them.</summary>
internal sealed record ProductParts(bool IsSkuSet, string? Sku, IReadOnlyList<string>? Categories, IReadOnlyList<ProductExternalId>? ExternalIds)
{
    private const int LongestCategory = 100, LongestKey = 400;

    /// <summary>Pure.</summary>
    /// <exception cref="ApiProblem">422, naming everything that cannot be read.</exception>
    public static ProductParts Read(ProductProfile profile)
    {
        var errors = new List<FieldError>();
        var read = new ProductParts(
            profile.Sku.IsSet, profile.Sku.Value is { } sku ? SkuOf(sku, errors) : null,
            profile.Categories.IsSet ? CategoriesOf(profile.Categories.Value ?? [], errors) : null,
            profile.ExternalIds.IsSet ? ExternalIdsOf(profile.ExternalIds.Value ?? [], errors) : null);
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
        return read;
    }

    /// <summary>The same with one more external id, unless it is among them.</summary>
    /// <exception cref="ApiProblem">422: another one of the same source is among them.</exception>
    public ProductParts With(ProductExternalId external, IReadOnlyList<ProductExternalId> known)
    {
        var all = ExternalIds ?? known;
        if (all.Contains(external)) return this;
        return all.Any(id => id.Source == external.Source)
            ? throw ApiProblem.Invalid("/external_ids", "source_repeated", "The product has another id in this source.")
            : this with { ExternalIds = Sorted([.. all, external]) };
    }

    /// <summary>Null for what is no source or no id.</summary>
    public static ProductExternalId? External(string source, string id) =>
        Identifier.External(source, id) is { IsValid: true, Value: var read } ? new ProductExternalId { Source = read.Source, Id = read.Value } : null;

    public static byte[] KeyOf(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Cut to what its column holds.</summary>
    public static byte[] KeyOfCategory(string category)
    {
        var key = KeyOf(NameKey.Of(category));
        return key.Length > LongestKey ? key[..LongestKey] : key;
    }

    private static string? SkuOf(string text, List<FieldError> errors)
    {
        if (text.Trim() is { Length: > 0 } sku && !sku.Any(char.IsControl)) return sku;
        errors.Add(new FieldError("/sku", "sku_invalid", "An SKU has 1 to 100 characters."));
        return null;
    }

    private static string[] CategoriesOf(IReadOnlyList<string> texts, List<FieldError> errors)
    {
        var categories = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (i, text) in texts.Index())
            if (text.Length <= LongestCategory && NameKey.Of(text) is { Length: > 0 } key) categories.TryAdd(key, text.Trim());
            else errors.Add(new FieldError(At("/categories", i), "category_invalid", "A category has letters or digits and at most 100 characters."));
        return [.. categories.Values];
    }

    private static ProductExternalId[] ExternalIdsOf(IReadOnlyList<ProductExternalId> given, List<FieldError> errors)
    {
        var ids = new List<ProductExternalId>();
        foreach (var (i, id) in given.Index())
        {
            var reading = Identifier.External(id.Source, id.Id);
            if (!reading.IsValid) errors.Add(new FieldError(At("/external_ids", i) + (reading.Code == "source_invalid" ? "/source" : "/id"), reading.Code, reading.Detail));
            else if (ids.Any(other => other.Source == reading.Value.Source)) errors.Add(new FieldError(At("/external_ids", i) + "/source", "source_repeated", "A product has one id in each source."));
            else ids.Add(new ProductExternalId { Source = reading.Value.Source, Id = reading.Value.Value });
        }
        return Sorted(ids);
    }

    private static ProductExternalId[] Sorted(IEnumerable<ProductExternalId> ids) => [.. ids.OrderBy(id => id.Source, StringComparer.Ordinal)];

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}/{index}");
}
