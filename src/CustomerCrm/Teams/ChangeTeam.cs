using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Teams;

/// <summary>PATCH /teams/{team_id}</summary>
public static class ChangeTeam
{
    public sealed record Request
    {
        /// <example>Support</example>
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        [StringLength(1000)] public Change<string> Description { get; init; }
    }

    internal static async Task<Team> Handle(
        [FromRoute(Name = "team_id")] Id<Team> teamId, Request request, IfMatch ifMatch, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await Team.FindAsync(teamId, db, ct);
        ifMatch.Check(current.Revision);
        var changed = current with { Name = request.Name.Or(current.Name)!, Description = request.Description.Or(current.Description) };
        if (changed == current) return current;

        changed = changed with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        try
        {
            if (await db.ExecuteAsync(Update, new { changed.Id, changed.Name, NameKey = NormalizedName.Of(changed.Name), changed.Description, changed.Revision, changed.UpdatedAt }, ct) == 0)
                throw ApiProblem.PreconditionFailed();
        }
        catch (DuplicateKeyException)
        {
            throw Team.Exists();
        }
        events.Record("team.updated", changed);
        return changed;
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Teams
        SET Name = @Name, NameKey = @NameKey, Description = @Description, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);
}
