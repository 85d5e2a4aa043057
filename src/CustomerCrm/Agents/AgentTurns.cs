using CustomerCrm.Platform.Data;
using CustomerCrm.Users;

namespace CustomerCrm.Agents;

/// <summary>Whose turn it was: what taking turns goes by.</summary>
internal sealed class AgentTurns(TenantDb db, TimeProvider clock)
{
    public Task GivenAsync(Id<User> userId, CancellationToken ct) => db.ExecuteAsync(Given, new { UserId = userId, Now = clock.GetUtcNow() }, ct);

    private static readonly TenantSql Given = TenantSql.Of("""
        UPDATE Agents
        SET LastAssignedAt = @Now
        WHERE TenantId = @TenantId
          AND UserId = @UserId
        """);
}
