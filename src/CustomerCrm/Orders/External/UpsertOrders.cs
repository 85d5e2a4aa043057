using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Batches;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Orders.External;

/// <summary>POST /orders/batch: each item as PUT /orders/by-external-id would take it, with an answer of its own.</summary>
public static class UpsertOrders
{
    public sealed record Request
    {
        [AnsweredByItem, MinLength(1), MaxLength(Batch.MostItems)]
        public required IReadOnlyList<Item> Items { get; init; }
    }

    public sealed record Item : OrderDetails
    {
        /// <summary>Where the order came from: <c>shop</c>.</summary>
        [StringLength(100)] public required string Source { get; init; }

        /// <summary>Its id there.</summary>
        [StringLength(200)] public required string ExternalId { get; init; }
    }

    internal static Task<JsonHttpResult<BatchAnswer<UpsertedOrder>>> Handle(Request request, OrderIntake intake, CancellationToken ct) =>
        Batch.RunAsync(request.Items, async item =>
        {
            var told = await intake.UpsertAsync(item, ExternalOrder.Of(item.Source, item.ExternalId), ifMatch: null, ct);
            return (told.Outcome == UpsertOutcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK, told);
        });
}
