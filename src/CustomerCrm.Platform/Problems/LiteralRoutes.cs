using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerCrm.Platform.Problems;

/// <summary>
/// Paths without parameters, and the methods they answer to. <c>DELETE /v1/customers/batch</c> would else be taken for a customer of that id,
/// who is not found, though the path is there and does not answer to this method.
/// </summary>
internal sealed class LiteralRoutes(EndpointDataSource endpoints)
{
    private readonly Lazy<ILookup<string, string>> methods = new(() => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.Parameters.Count == 0)
        .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [], (e, method) => (Path: "/" + e.RoutePattern.RawText!.Trim('/'), method))
        .ToLookup(route => route.Path, route => route.method, StringComparer.OrdinalIgnoreCase));

    /// <summary>What a request that found nothing should have been; null if it is what it seems.</summary>
    public string? AllowInstead(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint { RoutePattern.Parameters.Count: > 0 }) return null;
        var allowed = methods.Value[http.Request.Path.Value!.TrimEnd('/')].Distinct().Order(StringComparer.Ordinal).ToArray();
        return allowed.Length == 0 || allowed.Contains(http.Request.Method) ? null : string.Join(", ", allowed);
    }
}
