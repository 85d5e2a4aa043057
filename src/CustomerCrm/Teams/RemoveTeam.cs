using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Teams;

/// <summary>DELETE /teams/{team_id}: its users stay.</summary>
internal static class RemoveTeam
{
    internal static async Task<NoContent> Handle([FromRoute(Name = "team_id")] Id<Team> teamId, IfMatch ifMatch, TenantDb db, EventLog events, CancellationToken ct)
    {
        var current = await Team.FindAsync(teamId, db, ct);
        ifMatch.Check(current.Revision);
        await db.ExecuteAsync(Delete, new { TeamId = teamId }, ct);
        events.Record("team.deleted", current);
        return TypedResults.NoContent();
    }

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Teams
        WHERE TenantId = @TenantId
          AND Id = @TeamId
        """);
}
