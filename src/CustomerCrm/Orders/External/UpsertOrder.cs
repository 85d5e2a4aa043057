using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Orders.External;

/// <summary>PUT /orders/by-external-id/{source}/{external_id}: a storefront tells an order whole, as often as it likes and in any order.</summary>
public static class UpsertOrder
{
    public sealed record Request : OrderDetails;

    internal static async Task<IResult> Handle(
        string source, [FromRoute(Name = "external_id")] string externalId, Request request, IfMatch ifMatch, OrderIntake intake, CancellationToken ct)
    {
        var external = ExternalOrder.TryRead(source, externalId) ?? throw ApiProblem.BadRequest("external_id_invalid", "The path does not hold a source and an external id.");
        var told = await intake.UpsertAsync(request, external, ifMatch, ct);
        return told.Outcome == UpsertOutcome.Created ? TypedResults.Created($"/v1/orders/{told.Id}", told) : TypedResults.Ok(told);
    }
}
