using CustomerCrm.Orders.Lines;

namespace CustomerCrm.Storefronts.News;

/// <summary>Lines of orders whose sums are right to the last minor unit. Pure.</summary>
internal static class ShopLine
{
    /// <summary>Of a line that says what it comes to: its price for one piece, rounded up where it must be, with the difference as its discount.</summary>
    /// <param name="line">Its name, product and quantity.</param>
    /// <param name="before">What it comes to before discounts.</param>
    /// <param name="after">What it comes to.</param>
    public static OrderLineDetails Of(OrderLineDetails line, long before, long after)
    {
        var quantity = line.Quantity!.Value;
        before = Math.Max(before, after);
        var unit = (before + quantity - 1) / quantity;
        return line with { UnitPriceMinor = unit, DiscountMinor = unit * quantity - after };
    }

    /// <summary>An order that says no line, as one line.</summary>
    public static OrderLineDetails Whole(long amount) => new() { Name = "Order", Quantity = 1, UnitPriceMinor = Math.Max(0, amount) };
}
