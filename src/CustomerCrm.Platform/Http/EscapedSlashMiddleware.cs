using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CustomerCrm.Platform.Http;

/// <summary>
/// An id that another system made may have a slash in it, written <c>%2F</c> in a path. The server decodes all escapes of a path but that one, so that
/// what was sent as <c>%2F</c> and as <c>%252F</c> would be one; here each segment is decoded once, from the request line (RFC 3986, 2.4).
/// </summary>
internal sealed class EscapedSlashMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestFeature>()?.RawTarget is { } target && target.Contains("%2F", StringComparison.OrdinalIgnoreCase) && http.GetEndpoint() is RouteEndpoint endpoint)
            Read(target.Split('?')[0].Split('/')[1..], endpoint.RoutePattern.PathSegments, http.Request.RouteValues);
        return next(http);
    }

    // Of other numbers where a path is written in an unusual way, with dots or as a whole URL: then the values stay as the server read them.
    private static void Read(string[] sent, IReadOnlyList<RoutePatternPathSegment> segments, RouteValueDictionary values)
    {
        if (sent.Length != segments.Count) return;
        foreach (var (text, segment) in sent.Zip(segments))
            if (segment is { IsSimple: true } && segment.Parts[0] is RoutePatternParameterPart { IsCatchAll: false } parameter)
                values[parameter.Name] = Uri.UnescapeDataString(text);
    }
}
