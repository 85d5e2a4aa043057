using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.Users;

/// <summary>A person out of a data set, with their sessions and their places in teams. In the transaction that is open.</summary>
public sealed class UserRemoval(TenantDb db, LastOwner lastOwner, KeyChanges changes, EventLog events)
{
    public async Task RemoveAsync(User user, CancellationToken ct)
    {
        await lastOwner.CheckAsync(user, ct);
        await db.ExecuteAsync(Delete, new { UserId = user.Id }, ct);
        changes.AnnounceUser(user.Id.Value);
        events.Record("user.deleted", user);
    }

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Users
        WHERE TenantId = @TenantId
          AND Id = @UserId
        """);
}
