using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Users;

/// <summary>DELETE /users/{user_id}: out of this data set. The person stays one, with their other tenants.</summary>
internal static class RemoveUser
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "user_id")] Id<User> userId, IfMatch ifMatch, Caller caller, RolePermissions permissions, UserRemoval removal, TenantDb db, CancellationToken ct)
    {
        var current = await User.FindAsync(userId, db, ct);
        ifMatch.Check(current.Revision);
        GrantedRole.Check(current.Role, caller, permissions);
        await removal.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
