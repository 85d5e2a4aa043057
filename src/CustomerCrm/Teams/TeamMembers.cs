using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Teams;

/// <summary>GET /teams/{team_id}/members; PUT and DELETE /teams/{team_id}/members/{user_id}, which do nothing the second time.</summary>
public static class TeamMembers
{
    /// <summary>A user in a team.</summary>
    public sealed record Member
    {
        public required Id<User> UserId { get; init; }
        public required string Name { get; init; }
        public required string Email { get; init; }
        public required Role Role { get; init; }
        public required DateTimeOffset JoinedAt { get; init; }
    }

    internal static async Task<Page<Member>> ListTeamMembers([FromRoute(Name = "team_id")] Id<Team> teamId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await Team.FindAsync(teamId, db, ct);
        return await List.ReadAsync(query, db, new { TeamId = teamId }, ct);
    }

    internal static async Task<NoContent> AddTeamMember(
        [FromRoute(Name = "team_id")] Id<Team> teamId, [FromRoute(Name = "user_id")] Id<User> userId, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var team = await Team.FindAsync(teamId, db, ct);
        var user = await User.FindAsync(userId, db, ct);
        if (await db.ExecuteAsync(InsertOnce, new { TeamId = teamId, UserId = userId, Now = clock.GetUtcNow() }, ct) == 1)
            events.Record("team.member_added", new Change { TeamId = team.Id, UserId = user.Id });
        return TypedResults.NoContent();
    }

    internal static async Task<NoContent> RemoveTeamMember(
        [FromRoute(Name = "team_id")] Id<Team> teamId, [FromRoute(Name = "user_id")] Id<User> userId, TenantDb db, EventLog events, CancellationToken ct)
    {
        var team = await Team.FindAsync(teamId, db, ct);
        if (await db.ExecuteAsync(Delete, new { TeamId = teamId, UserId = userId }, ct) == 0) throw ApiProblem.NotFound("member");
        events.Record("team.member_removed", new Change { TeamId = team.Id, UserId = userId });
        return TypedResults.NoContent();
    }

    internal sealed record Change
    {
        public required Id<Team> TeamId { get; init; }
        public required Id<User> UserId { get; init; }
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT m.UserId, u.Name, u.Email, u.Role, m.JoinedAt
        FROM TeamMembers m
        JOIN Users u ON u.TenantId = m.TenantId AND u.Id = m.UserId
        WHERE m.TenantId = @TenantId
          AND m.TeamId = @TeamId
        """);

    private static readonly TenantSql InsertOnce = TenantSql.Of("""
        INSERT INTO TeamMembers (TenantId, TeamId, UserId, JoinedAt)
        SELECT u.TenantId, @TeamId, u.Id, @Now
        FROM Users u
        WHERE u.TenantId = @TenantId
          AND u.Id = @UserId
          AND NOT EXISTS (SELECT 1 FROM TeamMembers m WHERE m.TenantId = @TenantId AND m.TeamId = @TeamId AND m.UserId = @UserId)
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM TeamMembers
        WHERE TenantId = @TenantId
          AND TeamId = @TeamId
          AND UserId = @UserId
        """);

    internal static readonly ListOf<Member> List = ListOf<Member>.From(Matching, "m.UserId", member => member.UserId.ToBytes())
        .SortedBy("joined_at", "m.JoinedAt", member => member.JoinedAt, isDescending: true)
        .SortedBy("name", "u.Name", member => member.Name);
}
