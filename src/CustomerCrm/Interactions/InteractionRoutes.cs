using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Interactions;

public static class InteractionRoutes
{
    public static IServiceCollection AddInteractions(this IServiceCollection services) => services
        .AddScoped<InteractionWriter>().AddSingleton(InteractionFields.Owner).AddSingleton(InteractionRecord.RecordKind).AddScoped<IRestored, InteractionRecord>();

    /// <summary>What was said with a customer, on any channel.</summary>
    public static void MapInteractions(this IEndpointRouteBuilder api)
    {
        var interactions = api.MapGroup("/interactions").WithTags("Interactions");

        interactions.MapGet("/", ListInteractions.Handle).Needs("interactions:read").Lists(ListInteractions.List).Describe("List interactions",
            "Calls, mails, chats, visits and the like, of all customers or of one, the latest first.");
        interactions.MapPost("/", RecordInteraction.Handle).Needs("interactions:write").Produces<Interaction>().Produces<Interaction>(201).Describe("Record an interaction",
            "Of a customer by id, or by identities: then the customer is found, or created where nobody has them. With `source` and `external_id` it is recorded only once: a repeat answers 200 with the one there is, unchanged.");
        interactions.MapPost("/batch", RecordManyInteractions.Handle).Needs("interactions:write").Describe("Record many interactions",
            $"Up to {Batch.MostItems} items, each as for one interaction. 207 with a result per item, in their order; an item that is refused changes nothing for the others. Send `Crm-Quiet: true` when loading history.");
        interactions.MapGet("/{interaction_id}", ShowInteraction.Handle).Needs("interactions:read").Describe("Show an interaction",
            "One interaction with its text and what came of it. Its `ETag` is its revision, for `If-Match`.");
        interactions.MapPatch("/{interaction_id}", ChangeInteraction.Handle).Needs("interactions:write").Describe("Change an interaction",
            "A merge patch (RFC 7396): absent members stay, null clears. Whose it is and its external id cannot change.");
        interactions.MapDelete("/{interaction_id}", RemoveInteraction.Handle).Needs("interactions:write").Describe("Delete an interaction",
            "Into the bin, from which it can be restored for 90 days. When the customer was seen is counted again without it.");
    }
}
