using CustomerCrm.Customers;
using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.Interactions;
using CustomerCrm.Orders.External;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Track;

namespace CustomerCrm.InboundHooks.Writing;

/// <summary>Writes a mapped body by the code that serves the API, so that the same rules hold for both.</summary>
internal sealed class HookWriter(CustomerIntake customers, OrderIntake orders, InteractionWriter interactions, TrackWriter tracked)
{
    /// <exception cref="ApiProblem">What the API would have answered. Nothing of this body is written then.</exception>
    public async Task<Written> WriteAsync(HookResource resource, byte[] json, CancellationToken ct)
    {
        switch (resource)
        {
            case HookResource.Customer:
                var (customerId, outcome) = await customers.StateAsync(Read<CustomerDetails>(json), ct);
                return new Written("customer", customerId.ToString(), outcome) { CustomerId = customerId.Value };
            case HookResource.Order:
                var item = Read<UpsertOrders.Item>(json);
                return OfOrder(await orders.UpsertAsync(item, ExternalOrder.Of(item.Source, item.ExternalId), ifMatch: null, ct));
            case HookResource.Interaction:
                var (status, interaction) = await interactions.RecordAsync(Read<RecordInteraction.Request>(json), ct);
                return new Written("interaction", interaction.Id.ToString(), status == StatusCodes.Status201Created ? "created" : "unchanged") { CustomerId = interaction.CustomerId.Value };
            default:
                var (known, receipt) = await tracked.RecordAsync(Read<TrackEvent.Request>(json), TrackOrigin.Server, ct);
                return new Written("tracked_event", receipt.Id.ToString(), known == StatusCodes.Status201Created ? "created" : "unchanged");
        }
    }

    public static Written OfOrder(UpsertedOrder told) => new("order", told.Id.ToString(), StrictJson.NameOf(told.Outcome)) { CustomerId = told.CustomerId.Value };

    private static T Read<T>(byte[] json) where T : class
    {
        var body = StrictJson.TryRead<T>(json, out var wrong) ?? throw ApiProblem.Invalid(wrong ?? new FieldError("", "json_invalid", "Nothing was mapped."));
        RequestRules.Check(body);
        return body;
    }
}

/// <summary>What was written for a delivery.</summary>
/// <param name="Resource">customer, order, refund, interaction, tracked_event or task.</param>
/// <param name="Id">Its id.</param>
/// <param name="Outcome">created, updated, unchanged, stale or removed.</param>
public sealed record Written(string Resource, string? Id, string Outcome)
{
    /// <summary>Something to know about it: that the shop's total is another than its parts come to.</summary>
    public string? Note { get; init; }

    internal Guid? CustomerId { get; init; }
}
