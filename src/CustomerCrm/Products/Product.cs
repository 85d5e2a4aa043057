using System.ComponentModel.DataAnnotations;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Products;

/// <summary>Something the tenant sells.</summary>
public sealed record Product : IHasId, IVersioned
{
    public static string Prefix => "prd";

    /// <summary>What a statement reads of it.</summary>
    internal const string Columns = """
        p.Id, p.Sku, p.Name, p.Description, p.PriceMinor, p.Currency, p.IsActive, p.ImageUrl, p.SourceUpdatedAt,
        p.UnitsSold, p.RevenueMinor, p.OrderCount, p.CustomerCount, p.LastOrderAt, p.Revision, p.CreatedAt, p.UpdatedAt,
        (SELECT x.Text FROM ProductFields x WHERE x.TenantId = p.TenantId AND x.ProductId = p.Id) AS CustomFieldsText
        """;

    public required Id<Product> Id { get; init; }

    /// <summary>Its number in the shop; upper and lower case differ.</summary>
    public string? Sku { get; init; }

    /// <example>Green tea, 250 g</example>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Of one piece, in minor units of <see cref="Currency"/>.</summary>
    public long? PriceMinor { get; init; }

    /// <summary>Of the price, and of the next one where it was cleared; null where neither was ever said.</summary>
    public string? Currency { get; init; }

    /// <summary>In order of the alphabet.</summary>
    /// <example>["Tea"]</example>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What it is called in shops, one id in each.</summary>
    public IReadOnlyList<ProductExternalId> ExternalIds { get; init; } = [];

    /// <summary>Whether it is for sale.</summary>
    public bool IsActive { get; init; }

    /// <example>https://shop.example/green-tea.jpg</example>
    public string? ImageUrl { get; init; }

    /// <summary>When the shop last changed it, by the shop's clock.</summary>
    [NotInHistory] public DateTimeOffset? SourceUpdatedAt { get; init; }

    /// <summary>The values of the tenant's own fields, by their names; <c>GET /v1/metadata</c> says which there are.</summary>
    /// <example>{"origin":"Darjeeling"}</example>
    public CustomFieldValues CustomFields { get; init; } = CustomFieldValues.None;

    /// <summary>Pieces in counted orders. This and the figures below are seconds behind the orders.</summary>
    public long UnitsSold { get; init; }

    /// <summary>Its part of the spend of those orders by the lines' amounts, in minor units of the tenant's currency: products add up to the spend.</summary>
    public long RevenueMinor { get; init; }

    /// <summary>Counted orders that it is in.</summary>
    public int OrderCount { get; init; }

    /// <summary>Customers who bought it.</summary>
    public int CustomerCount { get; init; }

    public DateTimeOffset? LastOrderAt { get; init; }

    /// <summary>A change of the figures is a change of the product, too.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of what is said of the product; figures that move are no update.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string? CustomFieldsText { init => CustomFields = CustomFieldValues.Of(value); }

    internal static bool SaySame(Product one, Product other) =>
        one.Categories.SequenceEqual(other.Categories) && one.ExternalIds.SequenceEqual(other.ExternalIds)
        && one with { Categories = [], ExternalIds = [] } == other with { Categories = [], ExternalIds = [] };
}

/// <summary>What a product is called in a shop.</summary>
public sealed record ProductExternalId
{
    /// <summary>Which shop: <c>shopify</c>. Lower case.</summary>
    [StringLength(100)] public required string Source { get; init; }

    [StringLength(200)] public required string Id { get; init; }
}
