using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Orders.Refunds;

/// <summary>What a sum of money is for. An order has so much of each; each refund takes some of it.</summary>
internal sealed record RefundParts(long Goods, long Tax, long Shipping)
{
    public static RefundParts None { get; } = new(0, 0, 0);

    public long Total => Goods + Tax + Shipping;

    public static RefundParts Of(Order order) => new(order.GoodsMinor, order.TaxMinor, order.ShippingMinor);

    public RefundParts Plus(RefundParts other) => new(Goods + other.Goods, Tax + other.Tax, Shipping + other.Shipping);

    /// <summary>Nothing below 0: an order may have become smaller since it was refunded.</summary>
    public RefundParts Less(RefundParts other) => new(Math.Max(0, Goods - other.Goods), Math.Max(0, Tax - other.Tax), Math.Max(0, Shipping - other.Shipping));

    /// <summary>What a refund takes of what is left. Where its parts are not stated: goods first, then shipping, then tax.</summary>
    /// <param name="refund">As it is stated.</param>
    /// <param name="ofOrder">What is left of the order as a whole: less than of its parts, where more was paid back of one than it comes to by now.</param>
    /// <param name="pointer">To the refund.</param>
    /// <exception cref="ApiProblem">422: more than is left, of the whole or of a part.</exception>
    public RefundParts Take(RefundDetails refund, long ofOrder, string pointer)
    {
        var left = Math.Min(Total, ofOrder);
        if (left <= 0) throw ApiProblem.Invalid($"{pointer}/amount_minor", "nothing_left", "Nothing of the order is left to pay back.");
        var isSplit = refund.TaxMinor is not null || refund.ShippingMinor is not null;
        if (refund.AmountMinor is not { } amount)
            return isSplit ? throw ApiProblem.Invalid($"{pointer}/amount_minor", "required", "Parts of an amount need the amount.") : GoodsFirst(left);
        if (amount > left) throw ApiProblem.Invalid($"{pointer}/amount_minor", "exceeds_order", $"Only {left} of the order is left to pay back.");
        if (!isSplit) return GoodsFirst(amount);

        var (tax, shipping) = (refund.TaxMinor ?? 0, refund.ShippingMinor ?? 0);
        if (tax > Tax) throw ApiProblem.Invalid($"{pointer}/tax_minor", "exceeds_order", $"Only {Tax} of the tax is left to pay back.");
        if (shipping > Shipping) throw ApiProblem.Invalid($"{pointer}/shipping_minor", "exceeds_order", $"Only {Shipping} of the shipping is left to pay back.");
        var goods = amount - tax - shipping;
        return goods < 0 || goods > Goods
            ? throw ApiProblem.Invalid($"{pointer}/amount_minor", goods < 0 ? "less_than_parts" : "exceeds_order", goods < 0 ? "The parts are more than the amount." : $"Only {Goods} of the goods is left to pay back.")
            : new RefundParts(goods, tax, shipping);
    }

    private RefundParts GoodsFirst(long amount)
    {
        var goods = Math.Min(amount, Goods);
        var shipping = Math.Min(amount - goods, Shipping);
        return new RefundParts(goods, amount - goods - shipping, shipping);
    }
}
