using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Tenancy;

/// <summary>A second scope of the same tenant, with a connection of its own: for work that goes on beside what its maker does.</summary>
public sealed class TenantScopes(IServiceScopeFactory scopes, CurrentTenant tenant)
{
    public AsyncServiceScope Create()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant.Id);
        return scope;
    }
}
