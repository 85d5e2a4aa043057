using Microsoft.AspNetCore.Routing;

namespace CustomerCrm.Platform.Access;

/// <summary>Every scope that some endpoint asks for. There is no other list: what no route needs does not exist.</summary>
public sealed class KnownScopes(EndpointDataSource endpoints)
{
    private readonly Lazy<HashSet<string>> names = new(() => endpoints.Endpoints
        .Select(endpoint => endpoint.Metadata.GetMetadata<AccessRule>()?.Scope)
        .OfType<string>()
        .ToHashSet(StringComparer.Ordinal));

    private readonly Lazy<HashSet<string>> fromBrowsers = new(() => endpoints.Endpoints
        .Select(endpoint => endpoint.Metadata.GetMetadata<AccessRule>())
        .Where(rule => rule is { IsForBrowsers: true })
        .Select(rule => rule!.Scope!)
        .ToHashSet(StringComparer.Ordinal));

    /// <summary>What a publishable key may have: of these scopes, it gets past the doors that are open to pages.</summary>
    public IReadOnlySet<string> FromBrowsers => fromBrowsers.Value;

    public IReadOnlyList<string> All => [.. names.Value.Order(StringComparer.Ordinal)];

    public bool Has(string scope) => scope == ScopeSet.All || names.Value.Contains(scope);
}
