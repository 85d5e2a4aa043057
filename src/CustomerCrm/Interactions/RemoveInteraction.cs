using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Interactions;

internal static class RemoveInteraction
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "interaction_id")] Id<Interaction> interactionId, IfMatch ifMatch, EditConflicts conflicts, TenantDb db, InteractionWriter writer, CancellationToken ct)
    {
        var current = await ShowInteraction.FindAsync(interactionId, db, ct);
        await conflicts.CheckAsync(ifMatch, interactionId, current.Revision, change: null, ct);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
