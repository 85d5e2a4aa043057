using CustomerCrm.Platform.Data;
using CustomerCrm.Products;

namespace CustomerCrm.Orders.Lines;

/// <summary>So many of one product.</summary>
public sealed record OrderLine
{
    /// <summary>The product's number in the shop.</summary>
    public string? Sku { get; init; }

    /// <summary>The product's id in the order's source.</summary>
    public string? ProductExternalId { get; init; }

    /// <summary>The product of the catalogue that these say; null where it has none.</summary>
    public Id<Product>? ProductId { get; init; }

    public required string Name { get; init; }
    public required int Quantity { get; init; }

    /// <summary>Of one piece, in the minor units of the order's currency.</summary>
    public required long UnitPriceMinor { get; init; }

    /// <summary>Off the line as a whole, not off each piece.</summary>
    public long DiscountMinor { get; init; }

    /// <summary>What the line comes to before its discount. At most 10^18, so it cannot overflow.</summary>
    internal long GrossMinor => Quantity * UnitPriceMinor;
}
