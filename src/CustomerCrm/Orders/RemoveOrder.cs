using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Orders;

/// <summary>DELETE /orders/{order_id}: for what should never have been written. What was bought and called off is cancelled instead.</summary>
internal static class RemoveOrder
{
    internal static async Task<NoContent> Handle([FromRoute(Name = "order_id")] Id<Order> orderId, IfMatch ifMatch, EditConflicts conflicts, OrderBook book, CancellationToken ct)
    {
        var order = await book.LockAsync(orderId, ct);
        await conflicts.CheckAsync(ifMatch, orderId, order.Revision, change: null, ct);
        await book.RemoveAsync(order, ct);
        return TypedResults.NoContent();
    }
}
