using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Orders.Refunds;

/// <summary>POST /orders/{order_id}/refunds: records that money was paid back, all of it or a part. It moves no money itself.</summary>
public static class RefundOrder
{
    public sealed record Request : RefundDetails;

    internal static async Task<Created<Refund>> Handle(
        [FromRoute(Name = "order_id")] Id<Order> orderId, Request request, IfMatch ifMatch, EditConflicts conflicts,
        OrderBook book, RefundIntake intake, CancellationToken ct)
    {
        var before = await book.LockAsync(orderId, ct);
        await conflicts.CheckAsync(ifMatch, orderId, before.Revision, change: null, ct);
        var refund = await intake.AddAsync(before, request, ct);
        return TypedResults.Created($"/v1/orders/{orderId}/refunds/{refund.Id}", refund);
    }
}
