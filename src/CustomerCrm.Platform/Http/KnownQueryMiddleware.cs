using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CustomerCrm.Platform.Http;

/// <summary>Refuses a query parameter that the route does not know, or that is given twice: a misspelt filter would answer everything.</summary>
internal sealed class KnownQueryMiddleware(RequestDelegate next)
{
    private readonly ConcurrentDictionary<Endpoint, Known> known = new();

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.QueryString.HasValue && http.GetEndpoint() is RouteEndpoint endpoint && ApiPaths.AreStrict(http.Request.Path))
            Check(http.Request.Query, known.GetOrAdd(endpoint, static e => Known.Of((RouteEndpoint)e)));
        return next(http);
    }

    private static void Check(IQueryCollection query, Known known)
    {
        foreach (var (name, values) in query)
        {
            if (!known.Has(name)) throw ApiProblem.BadQuery(name, "unknown_parameter", "This route has no such query parameter.");
            if (values.Count > 1) throw ApiProblem.BadQuery(name, "duplicate_parameter", "The query parameter is given more than once.");
        }
    }

    internal static FrozenSet<string> NamesOf(RouteEndpoint endpoint)
    {
        var path = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToHashSet();
        var own = endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Where(p => p.HasTryParse || p.ParameterInfo.ParameterType == typeof(string) || p.ParameterInfo.IsDefined(typeof(FromQueryAttribute)))
            .Select(p => p.ParameterInfo.GetCustomAttribute<FromQueryAttribute>()?.Name ?? p.ParameterInfo.GetCustomAttribute<FromRouteAttribute>()?.Name ?? p.Name)
            .Where(name => !path.Contains(name));
        var list = endpoint.Metadata.GetMetadata<IListDefinition>()?.Parameters.Select(p => p.Name) ?? [];
        return own.Concat(list).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <param name="Names">Those written in the code.</param>
    /// <param name="OwnFilters">What filters of tenants' own fields begin with; the list itself knows which there are.</param>
    private sealed record Known(FrozenSet<string> Names, string? OwnFilters)
    {
        public bool Has(string name) => Names.Contains(name) || (OwnFilters is not null && name.StartsWith(OwnFilters, StringComparison.Ordinal));

        public static Known Of(RouteEndpoint endpoint) => new(NamesOf(endpoint),
            endpoint.Metadata.GetMetadata<IListDefinition>()?.OwnPrefix is { } prefix ? $"filter[{prefix}." : null);
    }
}

/// <summary>Where the API's rules hold: strict queries, keys and idempotency. What lies outside has rules and credentials of its own.</summary>
internal static class ApiPaths
{
    public static bool AreStrict(PathString path) => path.StartsWithSegments("/v1") && !OutsideRoutes.Has(path);
}
