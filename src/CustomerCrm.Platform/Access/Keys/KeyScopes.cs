using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Access.Keys;

/// <summary>A scope of the tenant whose key this is: for what this program does by itself and no request asks for.</summary>
public sealed class KeyScopes
{
    private readonly IServiceScopeFactory scopes;
    private readonly ApiKeyCache keys;

    internal KeyScopes(IServiceScopeFactory scopes, ApiKeyCache keys) => (this.scopes, this.keys) = (scopes, keys);

    /// <returns>Null: it is nobody's key.</returns>
    public async Task<AsyncServiceScope?> OpenAsync(string key, CancellationToken ct)
    {
        if (!ApiKeyText.TryRead(key, out var kind, out var hash) || await keys.FindAsync(kind, hash, ct) is not { } known) return null;
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(known.Grant.TenantId);
        return scope;
    }
}
