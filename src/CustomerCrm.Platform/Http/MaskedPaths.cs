using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Http;

/// <summary>
/// Addresses that carry a credential, in a segment of the path or as the ticket of a download or a stream: whoever reads a log would have it. It is taken out
/// before anything else sees the request, so that no log line, scope, trace or problem can tell it; the routes see <see cref="Mask"/> there, and ask
/// <see cref="TokenOf"/>.
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

    private const string Ticket = "ticket=";

    // The last segments of what is opened by a ticket; elsewhere a ticket is a customer's question.
    private static readonly string[] openedByTicket = ["/file", "/progress", "/stream"];

    /// <returns>What stood in the path, or the ticket; null where nothing was masked.</returns>
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

    /// <summary>Pure.</summary>
    /// <param name="path">Of what is opened.</param>
    /// <param name="query">With its question mark.</param>
    /// <returns>The query without its ticket, and the ticket; null where there is none.</returns>
    internal static (string Query, string Token)? SplitQuery(string path, string query)
    {
        if (!openedByTicket.Any(last => path.EndsWith(last, StringComparison.OrdinalIgnoreCase))) return null;
        for (var from = 1; from < query.Length; from = query.IndexOf('&', from) is >= 0 and var next ? next + 1 : query.Length)
        {
            if (!query.AsSpan(from).StartsWith(Ticket, StringComparison.OrdinalIgnoreCase)) continue;
            var (begin, end) = (from + Ticket.Length, query.IndexOf('&', from) is >= 0 and var stop ? stop : query.Length);
            return begin == end ? null : ($"{query[..begin]}{Mask}{query[end..]}", query[begin..end]);
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
            var request = featureCollection.Get<IHttpRequestFeature>();
            if (request is not null && Split(request.Path) is var (path, token))
            {
                (request.Path, request.RawTarget) = (path, Split(request.RawTarget)?.Path ?? path);
                featureCollection.Set(new MaskedToken(token));
            }
            else if (request is not null && SplitQuery(request.Path, request.QueryString) is var (query, ticket))
            {
                request.RawTarget = request.RawTarget.Replace(request.QueryString, query, StringComparison.Ordinal);
                request.QueryString = query;
                featureCollection.Set(new MaskedToken(ticket));
            }
            return inner.Create(featureCollection);
        }

        public void Dispose(HttpContext httpContext) => inner.Dispose(httpContext);
    }
}
