using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Http;

/// <summary>
/// Paths that carry a credential in a segment: whoever reads a log would have it. It is taken out before anything else sees the request, so that
/// no log line, scope, trace or problem can tell it; the routes see <see cref="Mask"/> there, and ask <see cref="TokenOf"/>.
/// </summary>
public static class MaskedPaths
{
    public const string Mask = "masked";

    /// <summary>Whose next segment is a token; those that begin with another come before it.</summary>
    public static IReadOnlyList<string> Prefixes { get; } = [
        "/callbacks/email/parsed/", "/callbacks/email/raw/", "/callbacks/sendgrid/events/", "/callbacks/twilio/inbound/", "/callbacks/twilio/status/",
        "/v1/hooks/shopify/", "/v1/hooks/woocommerce/", "/v1/hooks/",
        "/preferences/confirm/", "/preferences/", "/unsubscribe/", "/survey/",
        "/help/enter/", "/preferences/confirm/", "/preferences/", "/unsubscribe/",
    ];

    /// <returns>What stood in the path; null where nothing was masked.</returns>
    public static string? TokenOf(HttpContext http) => http.Features.Get<MaskedToken>()?.Text;

    /// <summary>Pure.</summary>
    /// <param name="path">With or without a query.</param>
    /// <returns>The path without its token, and the token; null where the path carries none.</returns>
    internal static (string Path, string Token)? Split(string path)
    {
        foreach (var prefix in Prefixes)
        {
            if (!path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) continue;
            var end = path.AsSpan(prefix.Length).IndexOfAny('/', '?') is >= 0 and var at ? prefix.Length + at : path.Length;
            return end == prefix.Length ? null : ($"{path[..prefix.Length]}{Mask}{path[end..]}", path[prefix.Length..end]);
        }
        return null;
    }

    /// <summary>Puts itself in front of what makes contexts: nothing of ASP.NET Core is earlier.</summary>
    internal static void Add(IServiceCollection services) => services.AddSingleton<IHttpContextFactory, Factory>();

    private sealed record MaskedToken(string Text);

    private sealed class Factory(IServiceProvider services) : IHttpContextFactory
    {
        private readonly DefaultHttpContextFactory inner = new(services);

        public HttpContext Create(IFeatureCollection featureCollection)
        {
            if (featureCollection.Get<IHttpRequestFeature>() is { } request && Split(request.Path) is var (path, token))
            {
                (request.Path, request.RawTarget) = (path, Split(request.RawTarget)?.Path ?? path);
                featureCollection.Set(new MaskedToken(token));
            }
            return inner.Create(featureCollection);
        }

        public void Dispose(HttpContext httpContext) => inner.Dispose(httpContext);
    }
}
