using CustomerCrm.ApiKeys;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Tenant;

namespace CustomerCrm.Me;

/// <summary>GET /me: who this key is.</summary>
public static class ShowMe
{
    public sealed record Me
    {
        public required MyTenant Tenant { get; init; }
        public required Mode Mode { get; init; }
        public required MyApiKey ApiKey { get; init; }

        /// <summary>What the key may do; <c>*</c> is everything.</summary>
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

    /// <summary>Which of the tenant's two data sets the key sees.</summary>
    public enum Mode
    {
        Live,
        Test,
    }

    /// <summary>Who is calling: the key, its scopes and its tenant.</summary>
    public static void MapMe(this IEndpointRouteBuilder api) => api.MapGet("/me", Handle).WithTags("Me").NeedsAnyKey().Describe("Show the caller",
        "The tenant, the name and the scopes of the key that the request was sent with. Any key may ask.");

    internal static async Task<Me> Handle(Caller caller, CurrentSettings settings, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        return new Me
        {
            Tenant = new MyTenant { Id = tenant.Id, Name = tenant.Name },
            Mode = caller.IsTest ? Mode.Test : Mode.Live,
            ApiKey = new MyApiKey { Id = new Id<ApiKey>(caller.KeyId), Name = caller.KeyName },
            Scopes = caller.Scopes.Names,
        };
    }
}
