using CustomerCrm.Orders;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Orders.Spending;

namespace CustomerCrm.Storefronts.News;

/// <summary>What a shop paid back, never more than there is of the order: a shop may pay back more, as goodwill, and the order is right all the same. Pure.</summary>
internal static class ShopRefunds
{
    /// <summary>A refund that comes by itself. Null: nothing is left of the order.</summary>
    public static RefundDetails? Within(Order order, RefundDetails stated)
    {
        var amount = Math.Min(stated.AmountMinor ?? 0, order.TotalMinor - order.RefundedMinor);
        if (amount <= 0) return null;
        // What is left of each part is known to the ledger alone, once something was paid back: it takes goods first, where nothing says otherwise.
        var (tax, shipping) = (stated.TaxMinor ?? 0, stated.ShippingMinor ?? 0);
        var fits = order.RefundedMinor == 0 && tax <= order.TaxMinor && shipping <= order.ShippingMinor && amount - tax - shipping is var goods && goods >= 0 && goods <= order.GoodsMinor;
        return stated with { AmountMinor = amount, TaxMinor = fits ? tax : null, ShippingMinor = fits ? shipping : null };
    }

    /// <summary>Those that come with their order. Older ones have smaller ids and go first: of them it is known already what they took.</summary>
    public static IReadOnlyList<RefundDetails> Within(OrderDetails order, IEnumerable<RefundDetails> stated)
    {
        if (OrderSpend.CameToNothing(order.PaymentStatus)) return [];
        var lines = order.Lines.Sum(line => line.UnitPriceMinor!.Value * line.Quantity!.Value - line.DiscountMinor);
        var left = lines - order.DiscountMinor + (order.IsTaxIncluded ? 0 : order.TaxMinor) + order.ShippingMinor;
        var (tax, shipping) = (order.TaxMinor, order.ShippingMinor);
        var kept = new List<RefundDetails>();
        foreach (var refund in stated.DistinctBy(refund => refund.ExternalId).OrderBy(refund => refund.ExternalId!.Length).ThenBy(refund => refund.ExternalId, StringComparer.Ordinal).Take(100))
        {
            var amount = Math.Min(refund.AmountMinor ?? 0, left);
            if (amount <= 0) continue;
            var (ofTax, ofShipping) = (refund.TaxMinor ?? 0, refund.ShippingMinor ?? 0);
            var goodsLeft = left - tax - shipping;
            var fits = ofTax <= tax && ofShipping <= shipping && amount - ofTax - ofShipping is var goods && goods >= 0 && goods <= goodsLeft;
            var taken = fits ? (ofTax, ofShipping) : GoodsFirst(amount, goodsLeft, shipping);
            kept.Add(refund with { AmountMinor = amount, TaxMinor = taken.Item1, ShippingMinor = taken.Item2 });
            (left, tax, shipping) = (left - amount, tax - taken.Item1, shipping - taken.Item2);
        }
        return kept;
    }

    private static (long Tax, long Shipping) GoodsFirst(long amount, long goodsLeft, long shippingLeft)
    {
        var goods = Math.Min(amount, goodsLeft);
        var shipping = Math.Min(amount - goods, shippingLeft);
        return (amount - goods - shipping, shipping);
    }
}
