using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Teams;

/// <summary>POST /teams</summary>
public static class CreateTeam
{
    internal const int MostTeams = 200;

    public sealed record Request
    {
        /// <example>Support</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        [StringLength(1000)] public string? Description { get; init; }
    }

    internal static async Task<Created<Team>> Handle(Request request, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync<int>(Count, null, ct) >= MostTeams) throw ApiProblem.Conflict("too_many_teams", $"There are at most {MostTeams} teams.");
        var now = clock.GetUtcNow();
        var team = new Team { Id = Id<Team>.New(), Name = request.Name, Description = request.Description, Revision = 1, CreatedAt = now, UpdatedAt = now };
        try
        {
            await db.ExecuteAsync(Insert, new { team.Id, team.Name, NameKey = NormalizedName.Of(team.Name), team.Description, Now = now }, ct);
        }
        catch (DuplicateKeyException)
        {
            throw Team.Exists();
        }
        events.Record("team.created", team);
        return TypedResults.Created($"/v1/teams/{team.Id}", team);
    }

    private static readonly TenantSql Count = TenantSql.Of("SELECT COUNT(*) FROM Teams WHERE TenantId = @TenantId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Teams (TenantId, Id, Name, NameKey, Description, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @Description, 1, @Now, @Now)
        """);
}
