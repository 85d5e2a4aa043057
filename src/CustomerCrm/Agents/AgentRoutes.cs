using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Agents;

internal static class AgentRoutes
{
    /// <summary>Users who take tickets: their skills, how much they can have at once, their hours, and whether they are there.</summary>
    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        var agents = api.MapGroup("/agents").WithTags("Agents");

        agents.MapGet("/", List).WithName("ListAgents").Needs("agents:read").Lists(Agent.List).Describe("List agents",
            "Who takes tickets, with how many they have. Whose settings are not there is given none.");
        agents.MapGet("/{user_id}", Show).WithName("ShowAgent").Needs("agents:read").Describe("Show an agent",
            "Skills, capacity, presence, and how many open tickets they have. 404 for a user who takes none.");
        agents.MapPut("/{user_id}", SaveAgent.Handle).WithName("SaveAgent").Needs("agents:write").Describe("Let a user take tickets",
            "Stated whole: capacity over all channels and by channel, skills, working hours. Whoever is new begins offline. A lower capacity takes nothing away; a higher one lets tickets come that wait.");
        agents.MapDelete("/{user_id}", SaveAgent.Remove).WithName("RemoveAgent").Needs("agents:write").Describe("Let a user take no tickets",
            "They keep what they have, and are given nothing. The user stays a user.");
        agents.MapPut("/{user_id}/presence", SetPresence.Handle).WithName("SetPresence").Needs("agent_presence:write").MayAnswer(403, "not_your_presence").Describe("Say whether an agent is there",
            "`online` takes tickets, also those that wait; `away` and `offline` keep what they have. Agents say it of themselves, managers and keys of everybody.");
    }

    internal static Task<Page<Agent>> List(ListQuery query, TenantDb db, CancellationToken ct) => Agent.List.ReadAsync(query, db, null, ct);

    internal static Task<Agent> Show([FromRoute(Name = "user_id")] Id<User> userId, TenantDb db, CancellationToken ct) => Agent.FindAsync(userId, db, ct);
}
