using CustomerCrm.Money;
using CustomerCrm.Orders.Lines;

namespace CustomerCrm.Orders.Spending;

/// <summary>
/// What an order is worth in every figure: lines less discounts less refunds, without tax and shipping, in the order's
/// currency and in the tenant's. The one place that says so, and that says which orders count.
/// </summary>
public static class OrderSpend
{
    /// <summary>
    /// A purchase, unless it was cancelled or its payment failed or was voided. Payment that is still to come counts (an
    /// invoice is a purchase), and so does an order that was refunded: it was made, and its spend says what is left of it.
    /// </summary>
    public static bool Counts(PaymentStatus payment, DateTimeOffset? cancelledAt) =>
        cancelledAt is null && !CameToNothing(payment);

    /// <summary>No money was taken, so there is none to pay back either.</summary>
    public static bool CameToNothing(PaymentStatus? payment) => payment is PaymentStatus.Failed or PaymentStatus.Voided;

    /// <summary>
    /// The lines after their own discounts. More than <see cref="AmountAttribute.Most"/> stands for any amount that is too
    /// much: <see cref="OrderRules"/> refuses it, and nothing overflows on the way there.
    /// </summary>
    public static long LinesMinor(IEnumerable<OrderLine> lines)
    {
        Int128 sum = 0;
        foreach (var line in lines) sum += line.GrossMinor - line.DiscountMinor;
        return (long)Int128.Clamp(sum, -1, AmountAttribute.Most + 1);
    }

    /// <summary>The goods without tax: taken out where the prices contain it.</summary>
    public static long GoodsMinor(long lines, long discount, long tax, bool isTaxIncluded) => lines - discount - (isTaxIncluded ? tax : 0);

    /// <summary>What the customer pays in all.</summary>
    public static long TotalMinor(long lines, long discount, long tax, bool isTaxIncluded, long shipping) =>
        GoodsMinor(lines, discount, tax, isTaxIncluded) + tax + shipping;

    /// <summary>
    /// Never below 0: lines may be taken out of an order after they were refunded. An order that is said to be refunded
    /// is worth nothing, even if its single refunds were never told.
    /// </summary>
    public static long SpendMinor(long goods, long refundedGoods, PaymentStatus payment) =>
        payment == PaymentStatus.Refunded ? 0 : Math.Max(0, goods - refundedGoods);

    /// <summary>A refund says more than a status that was stated before it.</summary>
    public static PaymentStatus AfterRefunds(PaymentStatus stated, long refunded, long total) => stated switch
    {
        PaymentStatus.Failed or PaymentStatus.Voided or PaymentStatus.Refunded => stated,
        _ when refunded == 0 => stated,
        _ => refunded >= total ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded,
    };

    /// <summary>
    /// What a change starts from that states no status. Where the refunds come to all of the order, they are why it is refunded, and
    /// are asked again: the order may come to more now.
    /// </summary>
    public static PaymentStatus Unstated(PaymentStatus before, long refunded, long total) =>
        before == PaymentStatus.Refunded && refunded > 0 && refunded >= total ? PaymentStatus.Paid : before;

    /// <summary>
    /// In the tenant's currency, to its minor unit, half away from zero. Null, and the order is left out and counted,
    /// where it is in another currency and states no rate.
    /// </summary>
    public static long? InTenantCurrency(long spend, string currency, string tenantCurrency, long? rateE12)
    {
        if (currency == tenantCurrency) return spend;
        if (rateE12 is null) return null;

        // spend × rate / 10^12, from the one minor unit to the other. At most 10^12 × 10^18 × 10^3, well inside 128 bits.
        var (up, down) = (PowerOfTen(Currencies.MinorDigits(tenantCurrency)), PowerOfTen(Currencies.MinorDigits(currency)));
        var (numerator, denominator) = ((Int128)spend * rateE12.Value * up, (Int128)ExchangeRate.One * down);
        var rounded = (numerator + (denominator / 2)) / denominator;
        return rounded <= long.MaxValue ? (long)rounded : long.MaxValue;
    }

    private static int PowerOfTen(int digits) => digits switch { 0 => 1, 1 => 10, 2 => 100, _ => 1000 };
}
