using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tenants;

internal static class TenantsRoutes
{
    /// <summary>New tenants, made by the operator of the installation.</summary>
    public static void MapTenants(this IEndpointRouteBuilder api)
    {
        var signup = api.ServiceProvider.GetRequiredService<IOptions<SignupOptions>>().Value;
        var isOpen = signup.NeedsNoLetter(api.ServiceProvider.GetRequiredService<IHostEnvironment>());

        api.MapPost("/tenants", CreateTenant.Handle).WithTags("Tenants").NeedsOperator(unlessOpen: isOpen).Describe("Create a tenant",
            "Needs the operator's key; in Development, while sign-up is open (`Signup:Mode`), no key at all. Elsewhere people come by /v1/signups. Answers a full key for the live data and one for the test data, in this answer and never again; the replay of a repeated request leaves them out and says so by `are_keys_shown`.");
    }

    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddOptions<SignupOptions>().BindConfiguration("Signup").ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
