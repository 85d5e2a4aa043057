using System.Globalization;
using CustomerCrm.Orders.Spending;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Orders.Refunds;

/// <summary>Pure: what refunds make of an order.</summary>
internal static class RefundTaking
{
    private static readonly TimeSpan clockSkew = TimeSpan.FromDays(1);

    /// <summary>Refunds that came with their order. Those that are known are left out, and each is taken of what the ones before it left.</summary>
    /// <exception cref="ApiProblem">422: more than is left, or nothing was paid.</exception>
    public static (Order Order, IReadOnlyList<Refund> Refunds) All(Order order, IReadOnlyList<RefundDetails> stated, RefundParts taken, IReadOnlySet<string> known, DateTimeOffset now)
    {
        var made = new List<Refund>();
        foreach (var (i, details) in stated.Index())
        {
            if (known.Contains(details.ExternalId!) || made.Exists(m => m.ExternalId == details.ExternalId)) continue;
            var pointer = string.Create(CultureInfo.InvariantCulture, $"/refunds/{i}");
            if (OrderSpend.CameToNothing(order.PaymentStatus)) throw ApiProblem.Invalid(pointer, "nothing_paid", "The order's payment failed or was voided: there is nothing to pay back.");
            (order, var refund, taken) = One(order, details, taken, pointer, now);
            made.Add(refund);
        }
        return (order, made);
    }

    /// <exception cref="ApiProblem">422: more than is left.</exception>
    public static (Order Order, Refund Refund, RefundParts Taken) One(Order order, RefundDetails details, RefundParts taken, string pointer, DateTimeOffset now)
    {
        if (details.RefundedAt > now + clockSkew) throw ApiProblem.Invalid($"{pointer}/refunded_at", "in_the_future", "Money cannot be paid back more than a day from now.");
        var parts = RefundParts.Of(order).Less(taken).Take(details, order.TotalMinor - order.RefundedMinor, pointer);
        var refund = new Refund
        {
            Id = Id<Refund>.New(),
            OrderId = order.Id,
            ExternalId = details.ExternalId,
            AmountMinor = parts.Total,
            GoodsMinor = parts.Goods,
            TaxMinor = parts.Tax,
            ShippingMinor = parts.Shipping,
            Reason = details.Reason,
            RefundedAt = details.RefundedAt ?? now,
            CreatedAt = now,
        };
        var after = order with { RefundedMinor = order.RefundedMinor + parts.Total, RefundedGoodsMinor = order.RefundedGoodsMinor + parts.Goods };
        return (after, refund, taken.Plus(parts));
    }
}
