using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.People;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Users;

internal static class UserRoutes
{
    internal static readonly ListOf<User> List = ListOf<User>.From(User.All, "u.Id", user => user.Id.ToBytes())
        .SortedBy("created_at", "u.CreatedAt", user => user.CreatedAt, isDescending: true)
        .SortedBy("name", "u.Name", user => user.Name)
        .SortedBy("email", "u.Email", user => user.Email)
        .FilteredBy("role", "u.Role", FilterType.OneOf<Role>(), Operators.Equal | Operators.In)
        .FilteredBy("name", "u.Name", FilterType.Text(200, "Ada"), Operators.Prefix);

    public static IServiceCollection AddUsers(this IServiceCollection services) =>
        services.AddSingleton(new RolePermissions(RoleTable.Least)).AddScoped<LastOwner>().AddScoped<UserRemoval>();

    /// <summary>The people of this data set and their roles.</summary>
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");

        users.MapGet("/", ListUsers).Lists(List).Needs("users:read").Describe("List users",
            "The people who can sign in to this data set, who joined last first. Who is invited and has not yet come is under invitations.");
        users.MapGet("/{user_id}", ShowUser).Needs("users:read").Describe("Show a user",
            "Name, e-mail address and role. Passwords and second factors are the person's own and shown nowhere.");
        users.MapPatch("/{user_id}", ChangeUser.Handle).Needs("users:write").Describe("Change a user",
            "Another role, in force within a second for every session the user has. Only who may do everything that a role may do can give or take it (403 `role_not_held`); the last owner stays one (409 `last_owner`).");
        users.MapDelete("/{user_id}", RemoveUser.Handle).Needs("users:write").Describe("Remove a user",
            "Out of this data set, with all sessions in it; refused from the answer on, by other processes within a second. The same limits hold as for a change of role.");
    }

    internal static Task<Page<User>> ListUsers(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<User> ShowUser([FromRoute(Name = "user_id")] Id<User> userId, TenantDb db, CancellationToken ct) => User.FindAsync(userId, db, ct);
}
