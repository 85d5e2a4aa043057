namespace CustomerCrm.Orders;

/// <summary>What a change of an order is called on the bus: each step by its own name, anything else an update.</summary>
internal static class OrderEvents
{
    /// <param name="before">Null for a new order, which may come with its payment and delivery already done.</param>
    /// <param name="after">As it is now.</param>
    public static IReadOnlyList<string> Between(Order? before, Order after)
    {
        string?[] steps =
        [
            before?.PaymentStatus == after.PaymentStatus ? null : OfPayment(after.PaymentStatus),
            before?.FulfillmentStatus == after.FulfillmentStatus ? null : OfFulfillment(after.FulfillmentStatus),
            before?.CancelledAt is null && after.CancelledAt is not null ? "order.cancelled" : null,
            (before?.RefundedMinor ?? 0) < after.RefundedMinor || BecameRefunded(before, after) ? "order.refunded" : null,
        ];
        var named = steps.OfType<string>();
        if (before is null) return ["order.placed", .. named];
        if (Order.SaySame(before, after)) return [];
        return Order.SaySame(WithStepsOf(after, before), after) && named.Any() ? [.. named] : ["order.updated", .. named];
    }

    private static string? OfPayment(PaymentStatus status) => status switch
    {
        PaymentStatus.Paid => "order.paid",
        PaymentStatus.Failed => "order.payment_failed",
        _ => null,
    };

    private static string? OfFulfillment(FulfillmentStatus status) => status switch
    {
        FulfillmentStatus.PartiallyFulfilled => "order.partially_fulfilled",
        FulfillmentStatus.Fulfilled => "order.fulfilled",
        FulfillmentStatus.Shipped => "order.shipped",
        FulfillmentStatus.Delivered => "order.delivered",
        FulfillmentStatus.Returned => "order.returned",
        _ => null,
    };

    private static bool BecameRefunded(Order? before, Order after) =>
        after.PaymentStatus is PaymentStatus.Refunded or PaymentStatus.PartiallyRefunded && before?.PaymentStatus is not (PaymentStatus.Refunded or PaymentStatus.PartiallyRefunded);

    // The order before with the steps it took since: what still differs is an update.
    private static Order WithStepsOf(Order after, Order before) => before with
    {
        PaymentStatus = after.PaymentStatus,
        FulfillmentStatus = after.FulfillmentStatus,
        CancelledAt = after.CancelledAt,
        CancellationReason = after.CancellationReason,
        RefundedMinor = after.RefundedMinor,
        RefundedGoodsMinor = after.RefundedGoodsMinor,
        SpendMinor = after.SpendMinor,
        SpendTenantMinor = after.SpendTenantMinor,
        IsCounted = after.IsCounted,
    };
}
