using CustomerCrm.Orders.External;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Targets;

/// <summary>
/// What a file says an order comes to, against what its lines, discount, shipping and tax do. Shops do not say whether their prices contain the tax, but
/// their totals tell. Pure.
/// </summary>
internal static class OrderTotal
{
    /// <param name="order">Is changed where its prices turn out to contain the tax.</param>
    /// <param name="total">What the file says; null where it says nothing.</param>
    /// <returns>That they differ: then something of the file is not read as it is meant, and the order is better left out.</returns>
    public static FieldError? Check(ref UpsertOrders.Item order, long? total)
    {
        var paid = order.Lines.Sum(line => (decimal)line.Quantity!.Value * line.UnitPriceMinor!.Value - line.DiscountMinor) - order.DiscountMinor + order.ShippingMinor;
        if (total is null || total == (order.IsTaxIncluded ? paid : paid + order.TaxMinor)) return null;
        if (total != paid) return new FieldError("/total", "total_differs", "What was bought, with discount, shipping and tax, comes to another total. Map what is missing, or leave the total out.");
        order = order with { IsTaxIncluded = true };
        return null;
    }
}
