using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Orders;

/// <summary>So many of one product.</summary>
public sealed record OrderLine
{
    /// <summary>The product's number in the shop.</summary>
    [StringLength(100, MinimumLength = 1)] public string? Sku { get; init; }

    [StringLength(300, MinimumLength = 1)] public required string Name { get; init; }

    [Required, Range(1, 1_000_000)] public int? Quantity { get; init; }

    /// <summary>Of one piece, in the minor units of the order's currency.</summary>
    [Required, Amount] public long? UnitPriceMinor { get; init; }

    /// <summary>Off the line as a whole, not off each piece.</summary>
    [Amount] public long DiscountMinor { get; init; }

    /// <summary>What the line comes to before its discount. At most 10^18, so it cannot overflow.</summary>
    internal long GrossMinor => Quantity.GetValueOrDefault() * UnitPriceMinor.GetValueOrDefault();
}
