using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Orders.Refunds;

/// <summary>POST /orders/{order_id}/refunds: records that money was paid back, all of it or a part. It moves no money itself.</summary>
public static class RefundOrder
{
    public sealed record Request : RefundDetails;

    internal static async Task<Created<Refund>> Handle(
        [FromRoute(Name = "order_id")] Id<Order> orderId, Request request, IfMatch ifMatch, EditConflicts conflicts,
        OrderBook book, RefundLedger ledger, CurrentSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var before = await book.LockAsync(orderId, ct);
        await conflicts.CheckAsync(ifMatch, orderId, before.Revision, change: null, ct);
        if (before.PaymentStatus is PaymentStatus.Failed or PaymentStatus.Voided)
            throw ApiProblem.Conflict("nothing_paid", "The order's payment failed or was voided: there is nothing to pay back.");

        var (taken, known) = await ledger.SoFarAsync(orderId, ct);
        if (request.ExternalId is { } id && known.Contains(id)) throw ApiProblem.Conflict("refund_exists", "A refund of this order has this external id already.");
        var (refunded, refund, _) = RefundTaking.One(before, request, taken, "", clock.GetUtcNow());
        var after = refunded.Settled((await settings.GetAsync(ct)).Currency);
        await book.SaveAsync(before, after, [refund], ct);
        return TypedResults.Created($"/v1/orders/{orderId}/refunds/{refund.Id}", refund);
    }
}
