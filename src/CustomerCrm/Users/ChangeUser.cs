using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Users;

/// <summary>PATCH /users/{user_id}: another role, in force within a second for every session the user has.</summary>
public static class ChangeUser
{
    public sealed record Request
    {
        [Required] public Change<Role?> Role { get; init; }
    }

    internal static async Task<User> Handle(
        [FromRoute(Name = "user_id")] Id<User> userId, Request request, IfMatch ifMatch, Caller caller, RolePermissions permissions, LastOwner lastOwner,
        KeyChanges changes, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await User.FindAsync(userId, db, ct);
        ifMatch.Check(current.Revision);
        var changed = current with { Role = request.Role.Or(current.Role)!.Value };
        if (changed == current) return current;

        GrantedRole.Check(current.Role, caller, permissions);
        GrantedRole.Check(changed.Role, caller, permissions);
        await lastOwner.CheckAsync(current, ct);
        changed = changed with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, new { changed.Id, Role = (int)changed.Role, changed.Revision, changed.UpdatedAt }, ct) == 0) throw ApiProblem.PreconditionFailed();
        changes.AnnounceUser(userId.Value);
        events.Record("user.updated", changed);
        return changed;
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Users
        SET Role = @Role, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);
}
