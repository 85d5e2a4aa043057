using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Interactions;

internal static class RemoveInteraction
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "interaction_id")] Id<Interaction> interactionId, IfMatch ifMatch, TenantDb db, InteractionWriter writer, CancellationToken ct)
    {
        var current = await ShowInteraction.FindAsync(interactionId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
