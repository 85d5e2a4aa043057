using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Orders.Refunds;

internal static class ListRefunds
{
    internal static readonly ListOf<Refund> List = ListOf<Refund>.From(RefundLedger.OfOrder, "r.Id", r => r.Id.ToBytes())
        .SortedBy("refunded_at", "r.RefundedAt", r => r.RefundedAt);

    internal static async Task<Page<Refund>> Handle(
        [FromRoute(Name = "order_id")] Id<Order> orderId, ListQuery query, OrderReader reader, TenantDb db, CancellationToken ct)
    {
        if (await reader.FindCustomerAsync(orderId, ct) is null) throw ApiProblem.NotFound("order");
        return await List.ReadAsync(query, db, new { OrderId = orderId }, ct);
    }
}
