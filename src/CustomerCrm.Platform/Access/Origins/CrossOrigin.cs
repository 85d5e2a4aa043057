using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Access.Origins;

/// <summary>
/// What pages of other origins may do (Fetch, 3.3: the CORS protocol). A preflight has no credential, so its answer knows no tenant: it is the
/// same for everyone and promises nothing. The request itself is let in or refused by the origins of its credential; one that is
/// refused does nothing. There are no cookies, and <c>Access-Control-Allow-Credentials</c> is never sent.
/// </summary>
internal sealed class CrossOrigin(IOptions<PublicOptions> options)
{
    private const string AllowOrigin = "Access-Control-Allow-Origin", ExposeHeaders = "Access-Control-Expose-Headers";
    private const string Exposed = "Crm-As-Of, ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, Idempotent-Replayed, WWW-Authenticate";

    private readonly string own = new Uri(options.Value.BaseUrl).GetLeftPart(UriPartial.Authority);

    /// <summary>Where this installation's own pages are, if elsewhere: people of every tenant sign in there.</summary>
    private readonly string? app = options.Value.AppUrl is { } url ? new Uri(url).GetLeftPart(UriPartial.Authority) : null;

    /// <exception cref="ApiProblem">403: a page of this origin may not use this credential, or a credential for pages is used by none.</exception>
    public void Admit(HttpContext context, OriginSet allowed, bool isForPagesOnly)
    {
        if (context.Request.Headers.Origin is not [{ } origin])
        {
            if (isForPagesOnly) throw Refusal("A publishable key is for pages: the request says no Origin.");
            return;
        }
        if (allowed.Has(origin) || (origin == app && !isForPagesOnly)) Share(context, origin);
        else if (isForPagesOnly || !IsOwn(origin, context.Request)) throw Refusal("Pages of this origin may not use this credential.");
    }

    /// <summary>What holds no secret may be read by any page: that a credential is not valid, or the answer to someone who has none.</summary>
    public static void ShareWithAll(HttpContext context)
    {
        if (context.Request.Headers.Origin.Count > 0) Share(context, "*");
    }

    private static void Share(HttpContext context, string with)
    {
        context.Response.Headers[AllowOrigin] = with;
        context.Response.Headers[ExposeHeaders] = Exposed;
        context.Response.Headers.Vary = "Origin";
    }

    // Behind a proxy that ends TLS the scheme is not ours to know; the name is.
    private bool IsOwn(string origin, HttpRequest request) => origin == own
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static ApiProblem Refusal(string detail) => ApiProblem.Forbidden("origin_not_allowed", detail);
}

/// <summary>Answers every preflight alike, before anyone is asked who they are.</summary>
internal sealed class PreflightMiddleware(RequestDelegate next)
{
    private const string Methods = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private const string Headers = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Crm-Quiet, Crm-Read, Crm-Visitor, Last-Event-ID, traceparent";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var isPreflight = HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count == 1 && request.Headers.AccessControlRequestMethod.Count == 1;
        if (!isPreflight || !ApiPaths.AreStrict(request.Path)) return next(context);

        var answer = context.Response;
        answer.StatusCode = StatusCodes.Status204NoContent;
        answer.Headers.AccessControlAllowOrigin = "*";
        answer.Headers.AccessControlAllowMethods = Methods;
        answer.Headers.AccessControlAllowHeaders = Headers;
        answer.Headers.AccessControlMaxAge = "7200";
        return Task.CompletedTask;
    }
}
