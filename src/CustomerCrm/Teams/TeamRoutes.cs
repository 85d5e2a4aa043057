using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Teams;

internal static class TeamRoutes
{
    internal static readonly ListOf<Team> List = ListOf<Team>.From(Team.All, "t.Id", team => team.Id.ToBytes())
        .SortedBy("created_at", "t.CreatedAt", team => team.CreatedAt, isDescending: true)
        .SortedBy("name", "t.Name", team => team.Name)
        .FilteredBy("name", "t.Name", FilterType.Text(200, "Support"), Operators.Prefix);

    /// <summary>Users who work together.</summary>
    public static void MapTeams(this IEndpointRouteBuilder api)
    {
        var teams = api.MapGroup("/teams").WithTags("Teams");

        teams.MapGet("/", ListTeams).Lists(List).Needs("teams:read").Describe("List teams",
            "All teams of this data set, the latest first.");
        teams.MapPost("/", CreateTeam.Handle).Needs("teams:write").Describe("Create a team",
            $"With a name that no other team has, capitals aside (409 `team_exists`). At most {CreateTeam.MostTeams} teams.");
        teams.MapGet("/{team_id}", ShowTeam).Needs("teams:read").Describe("Show a team",
            "Its name and description; who is in it is a list of its own.");
        teams.MapPatch("/{team_id}", ChangeTeam.Handle).Needs("teams:write").Describe("Change a team",
            "Name or description. Absent members stay as they are.");
        teams.MapDelete("/{team_id}", RemoveTeam.Handle).Needs("teams:write").Describe("Delete a team",
            "For good; its users stay. Nobody's leaving is recorded one by one: `team.deleted` says it for all.");
        teams.MapGet("/{team_id}/members", TeamMembers.ListTeamMembers).Lists(TeamMembers.List).Needs("teams:read").WithName("ListTeamMembers").Describe("List a team's members",
            "The users in it, who joined last first.");
        teams.MapPut("/{team_id}/members/{user_id}", TeamMembers.AddTeamMember).Needs("teams:write").WithName("AddTeamMember").Describe("Put a user into a team",
            "Who is in it already stays as they are, so a repeat does no harm.");
        teams.MapDelete("/{team_id}/members/{user_id}", TeamMembers.RemoveTeamMember).Needs("teams:write").WithName("RemoveTeamMember").Describe("Take a user out of a team",
            "404 if the user is not in it. The user stays a user.");
    }

    internal static Task<Page<Team>> ListTeams(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<Team> ShowTeam([FromRoute(Name = "team_id")] Id<Team> teamId, TenantDb db, CancellationToken ct) => Team.FindAsync(teamId, db, ct);
}
