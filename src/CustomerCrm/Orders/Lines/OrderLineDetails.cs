using System.ComponentModel.DataAnnotations;
using CustomerCrm.Orders.Spending;

namespace CustomerCrm.Orders.Lines;

/// <summary>A line of an order as a caller states it.</summary>
public sealed record OrderLineDetails
{
    /// <summary>The product's number in the shop.</summary>
    [StringLength(100, MinimumLength = 1)] public string? Sku { get; init; }

    /// <summary>The product's id in the order's source. It says more than the SKU which product of the catalogue is meant.</summary>
    [StringLength(200, MinimumLength = 1)] public string? ProductExternalId { get; init; }

    [StringLength(300, MinimumLength = 1)] public required string Name { get; init; }

    [Required, Range(1, 1_000_000)] public int? Quantity { get; init; }

    /// <summary>Of one piece, in the minor units of the order's currency.</summary>
    [Required, Amount] public long? UnitPriceMinor { get; init; }

    /// <summary>Off the line as a whole, not off each piece.</summary>
    [Amount] public long DiscountMinor { get; init; }

    internal static IReadOnlyList<OrderLine> ToLines(IReadOnlyList<OrderLineDetails> details) =>
    [
        .. details.Select(d => new OrderLine
        {
            Sku = d.Sku, ProductExternalId = d.ProductExternalId, Name = d.Name, Quantity = d.Quantity!.Value, UnitPriceMinor = d.UnitPriceMinor!.Value, DiscountMinor = d.DiscountMinor,
        }),
    ];
}
