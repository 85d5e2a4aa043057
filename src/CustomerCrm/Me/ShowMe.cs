using CustomerCrm.ApiKeys;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Tenant;
using CustomerCrm.Users;

namespace CustomerCrm.Me;

/// <summary>GET /me: who this key or this person is.</summary>
public static class ShowMe
{
    public sealed record Me
    {
        public required MyTenant Tenant { get; init; }

        /// <summary>Which of the tenant's two data sets is seen.</summary>
        public required Mode Mode { get; init; }

        /// <summary>Null for a person.</summary>
        public required MyApiKey? ApiKey { get; init; }

        /// <summary>Null for a key of a program.</summary>
        public required MyUser? User { get; init; }

        /// <summary>What the caller may do; <c>*</c> is everything.</summary>
        public required IReadOnlyList<string> Scopes { get; init; }
    }

    public sealed record MyTenant
    {
        public required Id<TenantAccount> Id { get; init; }
        public required string Name { get; init; }
    }

    public sealed record MyApiKey
    {
        public required Id<ApiKey> Id { get; init; }
        public required string Name { get; init; }
    }

    public sealed record MyUser
    {
        public required Id<User> Id { get; init; }
        public required string Name { get; init; }
        public required string Email { get; init; }
        public required Role Role { get; init; }

        /// <summary>Whether a code is asked for at sign-in.</summary>
        public required bool HasSecondFactor { get; init; }
    }

    internal static async Task<Me> Handle(Caller caller, CurrentSettings settings, PeopleStore people, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        return new Me
        {
            Tenant = new MyTenant { Id = tenant.Id, Name = tenant.Name },
            Mode = caller.IsTest ? Mode.Test : Mode.Live,
            ApiKey = caller.User is null ? new MyApiKey { Id = new Id<ApiKey>(caller.KeyId), Name = caller.KeyName } : null,
            User = caller.User is { } user ? await UserOfAsync(user, people, ct) : null,
            Scopes = caller.Scopes.Names,
        };
    }

    private static async Task<MyUser> UserOfAsync(SignedInUser user, PeopleStore people, CancellationToken ct)
    {
        var person = await people.GetAsync(user.PersonId, ct);
        return new MyUser { Id = new Id<User>(user.UserId), Name = person.Name, Email = person.Email, Role = user.Role, HasSecondFactor = person.HasSecondFactor };
    }
}
