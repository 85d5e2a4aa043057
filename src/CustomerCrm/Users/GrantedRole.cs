using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Users;

/// <summary>Nobody gives or takes a role that can do more than they can: neither a person nor a key.</summary>
public static class GrantedRole
{
    /// <exception cref="ApiProblem">403: the role can do what the caller cannot.</exception>
    public static void Check(Role role, Caller caller, RolePermissions permissions)
    {
        if (!caller.Scopes.Includes(permissions.ScopesOf(role)))
            throw ApiProblem.Forbidden("role_not_held", $"Only who may do everything that the role {role.ToString().ToLowerInvariant()} may do can give or take it.");
    }
}
