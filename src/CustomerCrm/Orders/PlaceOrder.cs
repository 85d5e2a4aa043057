using System.ComponentModel.DataAnnotations;
using CustomerCrm.Orders.External;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Orders;

/// <summary>POST /orders: a new order; 409 if its external id is known.</summary>
public static class PlaceOrder
{
    public sealed record Request : OrderDetails
    {
        /// <summary>Where the order came from: <c>shop</c>.</summary>
        [StringLength(100, MinimumLength = 1)] public string? Source { get; init; }

        /// <summary>Its id there, so that it is written only once.</summary>
        [StringLength(200, MinimumLength = 1)] public string? ExternalId { get; init; }

        protected override IEnumerable<ValidationResult> RulesOfItsOwn()
        {
            if (Source is null != ExternalId is null)
                yield return new BrokenRule("required", "A source and an external id only make sense together.", Source is null ? nameof(Source) : nameof(ExternalId));
        }

        internal ExternalOrder? External => Source is null ? null : ExternalOrder.Of(Source, ExternalId!);
    }

    internal static async Task<Created<Order>> Handle(Request request, OrderIntake intake, CancellationToken ct)
    {
        var order = await intake.PlaceAsync(request, request.External, ct);
        return TypedResults.Created($"/v1/orders/{order.Id}", order);
    }
}
