using CustomerCrm.Orders.External;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Orders;

internal static class ShowOrder
{
    internal static Task<Order> Handle([FromRoute(Name = "order_id")] Id<Order> orderId, OrderReader reader, CancellationToken ct) => reader.FindAsync(orderId, ct);

    /// <summary>GET /orders/by-external-id/{source}/{external_id}</summary>
    internal static async Task<Order> ByExternalId(string source, [FromRoute(Name = "external_id")] string externalId, OrderReader reader, CancellationToken ct)
    {
        if (ExternalOrder.TryRead(source, externalId) is not { } external || await reader.FindIdAsync(external, ct) is not { } orderId) throw ApiProblem.NotFound("order");
        return await reader.FindAsync(orderId, ct);
    }
}
