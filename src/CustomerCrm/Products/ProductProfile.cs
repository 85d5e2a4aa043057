using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Money;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Products;

/// <summary>What can be said of a product. A member that is absent says nothing; null clears it.</summary>
public abstract record ProductProfile
{
    /// <summary>Its number in the shop, of one product only; upper and lower case differ.</summary>
    [StringLength(100, MinimumLength = 1)] public Change<string> Sku { get; init; }

    /// <summary>A new product needs one.</summary>
    /// <example>Green tea, 250 g</example>
    [Required, StringLength(300, MinimumLength = 1)] public Change<string> Name { get; init; }

    [StringLength(4000, MinimumLength = 1)] public Change<string> Description { get; init; }

    /// <summary>Of one piece, in minor units of the currency.</summary>
    [Range(typeof(long), "0", "1000000000000")] public Change<long?> PriceMinor { get; init; }

    /// <summary>Of the price, also of one that is still to come; a price without one is in the tenant's own.</summary>
    [CurrencyCode] public Change<string> Currency { get; init; }

    /// <summary>All categories anew. Upper and lower case and accents do not count.</summary>
    /// <example>["Tea"]</example>
    [MaxLength(20)] public Change<IReadOnlyList<string>> Categories { get; init; }

    /// <summary>All external ids anew, at most one in each source and each of one product only.</summary>
    [MaxLength(20)] public Change<IReadOnlyList<ProductExternalId>> ExternalIds { get; init; }

    /// <summary>Whether it is for sale; a new one is, if nothing is said.</summary>
    public Change<bool> IsActive { get; init; }

    /// <example>https://shop.example/green-tea.jpg</example>
    [StringLength(2000, MinimumLength = 1), WebAddress] public Change<string> ImageUrl { get; init; }

    /// <summary>Values of the tenant's own fields, by their names. Those that are not named stay, null clears.</summary>
    /// <example>{"origin":"Darjeeling"}</example>
    [MaxLength(200)] public Change<IReadOnlyDictionary<string, JsonElement>> CustomFields { get; init; }

    /// <summary>When the shop last changed it. A statement by external id that is older than the product here changes nothing.</summary>
    public DateTimeOffset? SourceUpdatedAt { get; init; }

    /// <param name="product">As it is.</param>
    /// <param name="parts">What this says of categories and external ids, read.</param>
    /// <param name="fields">The tenant's own fields, with what this says of them.</param>
    /// <param name="tenantCurrency">For a price without a currency, now or before.</param>
    internal Product ApplyTo(Product product, ProductParts parts, CustomFieldValues fields, string tenantCurrency)
    {
        var price = PriceMinor.Or(product.PriceMinor);
        return product with
        {
            Sku = parts.IsSkuSet ? parts.Sku : product.Sku,
            Name = Name.Or(product.Name)!,
            Description = Description.Or(product.Description),
            PriceMinor = price,
            Currency = Currency.Or(product.Currency) ?? (price is null ? null : tenantCurrency),
            Categories = parts.Categories ?? product.Categories,
            ExternalIds = parts.ExternalIds ?? product.ExternalIds,
            IsActive = IsActive.Or(product.IsActive),
            ImageUrl = ImageUrl.Or(product.ImageUrl),
            CustomFields = fields,
            SourceUpdatedAt = SourceUpdatedAt ?? product.SourceUpdatedAt,
        };
    }
}
