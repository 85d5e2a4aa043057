using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Orders.Refunds;

internal static class ShowRefund
{
    internal static async Task<Refund> Handle(
        [FromRoute(Name = "order_id")] Id<Order> orderId, [FromRoute(Name = "refund_id")] Id<Refund> refundId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Refund>(ById, new { OrderId = orderId, RefundId = refundId }, ct) ?? throw ApiProblem.NotFound("refund");

    private static readonly TenantSql ById = RefundLedger.OfOrder.Then("AND r.Id = @RefundId");
}
