using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Interactions;

internal static class ShowInteraction
{
    internal static Task<Interaction> Handle([FromRoute(Name = "interaction_id")] Id<Interaction> interactionId, TenantDb db, CancellationToken ct) => FindAsync(interactionId, db, ct);

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Interaction> FindAsync(Id<Interaction> interactionId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Interaction>(ById, new { InteractionId = interactionId }, ct) ?? throw ApiProblem.NotFound("interaction");

    internal static readonly TenantSql ById = TenantSql.Of($"""
        SELECT {Interaction.Columns}
        FROM Interactions i
        WHERE i.TenantId = @TenantId
          AND i.Id = @InteractionId
        """);
}
