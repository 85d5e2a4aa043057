using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Users;

namespace CustomerCrm.Teams;

/// <summary>Who may use something that people make for their work: a canned response, a macro, a view. The numbers are stored.</summary>
public enum SharedWith
{
    Everybody = 1,

    /// <summary>The members of one team, and managers.</summary>
    Team = 2,

    /// <summary>Who made it.</summary>
    Myself = 3,
}

/// <summary>Says who sees what is shared, and who may share it.</summary>
internal sealed class Sharing(TenantDb db, Caller caller)
{
    /// <summary>The person who asks; null for a key, which sees all but what is somebody's own.</summary>
    public Id<User>? Me => caller.User is { } user ? new Id<User>(user.UserId) : null;

    /// <summary>Of rows (x) with Visibility, TeamId and OwnerId: those that the caller may use.</summary>
    public Condition Visible() => caller.User is not { } user ? Condition.Of("x.Visibility <> 3")
        : IsManager(user) ? Condition.Of("(x.Visibility <> 3 OR x.OwnerId = {0})", user.UserId.ToByteArray(bigEndian: true))
        : Condition.Of("(x.Visibility = 1 OR (x.Visibility = 3 AND x.OwnerId = {0}) OR (x.Visibility = 2 AND x.TeamId IN (SELECT m.TeamId FROM TeamMembers m WHERE m.TenantId = @TenantId AND m.UserId = {0})))",
            user.UserId.ToByteArray(bigEndian: true));

    /// <exception cref="ApiProblem">422: a team is missing, too much or not there, or a key would keep something to itself. 403: it is shared beyond what an agent may.</exception>
    public async Task CheckAsync(SharedWith visibility, Id<Team>? teamId, CancellationToken ct)
    {
        if (visibility == SharedWith.Team != teamId is not null) throw ApiProblem.Invalid("/team_id", "team_needed", "A team belongs to shared_with team, and to nothing else.");
        if (teamId is not null && await db.FindAsync<int?>(HasTeam, new { TeamId = teamId }, ct) is null) throw ApiProblem.Invalid("/team_id", "unknown_team", "There is no such team.");
        if (visibility == SharedWith.Myself && caller.User is null) throw ApiProblem.Invalid("/shared_with", "person_only", "A key has nothing of its own; share it with everybody or a team.");
        if (caller.User is not { } user || visibility == SharedWith.Myself || IsManager(user)) return;
        if (visibility == SharedWith.Everybody || await db.FindAsync<int?>(IsMember, new { TeamId = teamId, UserId = user.UserId.ToByteArray(bigEndian: true) }, ct) is null)
            throw ApiProblem.Forbidden("sharing_not_allowed", "An agent shares with their own teams; with everybody, a manager does.");
    }

    private static bool IsManager(SignedInUser user) => user.Role is Role.Owner or Role.Manager;

    private static readonly TenantSql HasTeam = TenantSql.Of("SELECT 1 FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");

    private static readonly TenantSql IsMember = TenantSql.Of("SELECT 1 FROM TeamMembers m WHERE m.TenantId = @TenantId AND m.TeamId = @TeamId AND m.UserId = @UserId");
}
