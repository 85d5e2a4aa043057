using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Agents;

/// <summary>PUT /agents/{user_id}/presence: they come and go. The same again changes nothing.</summary>
public static class SetPresence
{
    /// <example>{"presence":"online"}</example>
    public sealed record Request
    {
        [Required] public AgentPresence? Presence { get; init; }
    }

    internal static async Task<Agent> Handle([FromRoute(Name = "user_id")] Id<User> userId, Request request, TenantDb db, Caller caller, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var agent = await Agent.FindAsync(userId, db, ct);
        if (caller.User is { Role: > Role.Manager } person && new Id<User>(person.UserId) != userId) throw ApiProblem.Forbidden("not_your_presence", "Agents say only of themselves whether they are there.");
        if (agent.Presence == request.Presence) return agent;
        await db.ExecuteAsync(Update, new { UserId = userId, request.Presence, Now = clock.GetUtcNow() }, ct);
        var changed = await Agent.FindAsync(userId, db, ct);
        events.Record("agent.presence_changed", changed);
        return changed;
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Agents
        SET Presence = @Presence, PresenceAt = @Now, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND UserId = @UserId
        """);
}
