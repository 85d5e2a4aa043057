using System.Data.Common;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Problems;

/// <summary>The one place where what went wrong becomes an answer.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, Database database, LiteralRoutes literals, IOptions<PublicOptions> options, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null } && OfStatus(http.Response.StatusCode) is { } bare)
                await ProblemDocument.WriteAsync(http, bare, options.Value.BaseUrl);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            if (!http.Response.HasStarted) http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            var problem = Of(e, http.Request.Query);
            if (problem is null) log.LogError("Unhandled exception {Trace}", SafeTrace.Of(e));
            var allow = problem is { Status: StatusCodes.Status404NotFound } ? literals.AllowInstead(http) : null;
            if (allow is not null) problem = OfStatus(StatusCodes.Status405MethodNotAllowed);
            var kept = http.Response.Headers.Where(h => IsKept(h.Key)).ToArray();
            http.Response.Clear();
            SecurityHeaders.Add(http.Response);
            foreach (var (name, value) in kept) http.Response.Headers[name] = value;
            if (allow is not null) http.Response.Headers.Allow = allow;
            if (problem is { Status: StatusCodes.Status401Unauthorized }) http.Response.Headers.WWWAuthenticate = "Bearer";
            await ProblemDocument.WriteAsync(http, problem ?? ApiProblem.Other(500, "internal_error", "Something went wrong here. It has been recorded."), options.Value.BaseUrl);
        }
    }

    // What the way in has said already: how many requests are left, which page may read the answer, and how a body may come.
    private static bool IsKept(string header) =>
        header.StartsWith("RateLimit", StringComparison.OrdinalIgnoreCase) || header.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) || header is "Vary" or "Accept-Encoding";

    private ApiProblem? Of(Exception exception, IQueryCollection query) => exception switch
    {
        ApiProblem problem => problem,
        DuplicateKeyException duplicate => ApiProblem.Conflict("already_exists", "There is one like this already.", duplicate),
        BadHttpRequestException { InnerException: JsonException json } => OfJson(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiProblem.Other(413, "body_too_large", "The body is larger than this route takes."),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => OfStatus(415),
        BadHttpRequestException { StatusCode: 400 } bad when bad.Message.Contains("no body was provided", StringComparison.Ordinal) => Malformed("required", "The body is empty or null; it must be a JSON object.", ""),
        BadHttpRequestException bad when Unbound(bad.Message) is { } name && query.ContainsKey(name) => ApiProblem.BadQuery(name, "value_invalid", "The value has the wrong form."),
        BadHttpRequestException bad when LeftOut(bad.Message) is { } name => ApiProblem.BadQuery(name, "required", "It has to be said."),
        BadHttpRequestException bad => ApiProblem.Other(bad.StatusCode, "bad_request", "The request cannot be read: a part of it is missing or has the wrong form."),
        DbException e => database.ProblemOf(e),
        _ => null,
    };

    // Failed to bind parameter "Nullable<DateOnly> asOf" from "yesterday".
    private static string? Unbound(string message) => message.StartsWith("Failed to bind parameter", StringComparison.Ordinal) ? ParameterOf(message) : null;

    // Required parameter "string by" was not provided from query string.
    private static string? LeftOut(string message) =>
        message.StartsWith("Required parameter", StringComparison.Ordinal) && message.Contains("from query string", StringComparison.Ordinal) ? ParameterOf(message) : null;

    private static string? ParameterOf(string message) => message.Split('"') is [_, var declared, ..] ? JsonNamingPolicy.SnakeCaseLower.ConvertName(declared[(declared.LastIndexOf(' ') + 1)..]) : null;

    private static ApiProblem OfJson(JsonException thrown)
    {
        var (e, pointer) = (InnerJsonException.Innermost(thrown), JsonPointer.Of(thrown));
        return e.Message switch
        {
            var m when m.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) => Malformed("unknown_member", "There is no such member here.", Named(m, pointer, " could not be mapped")),
            var m when m.Contains("Duplicate property", StringComparison.Ordinal) => Malformed("duplicate_member", "The member is given twice.", Named(m, pointer, " encountered")),
            _ when e is WrongFormException wrong => Malformed("wrong_form", wrong.Saying, pointer),
            _ when e.InnerException is JsonException => Malformed("json_invalid", "The body is not valid JSON.", pointer), // from the reader, which is beneath all converters
            _ when pointer.Length == 0 => Malformed("wrong_type", "The body must be a JSON object.", pointer),
            _ => Malformed("wrong_type", "The value has the wrong type or form.", pointer),
        };
    }

    // The path of such a member is its own or its parent's; its name is what the message quotes first, and may hold quotes itself.
    private static string Named(string message, string pointer, string after)
    {
        var (from, to) = (message.IndexOf('\'') + 1, message.LastIndexOf($"'{after}", StringComparison.Ordinal));
        if (from == 0 || to < from) return pointer;
        var name = JsonPointer.Escape(message[from..to]);
        return pointer.EndsWith("/" + name, StringComparison.Ordinal) ? pointer : $"{pointer}/{name}";
    }

    private static ApiProblem Malformed(string code, string detail, string pointer) =>
        ApiProblem.BadRequest("body_malformed", "The body cannot be read.", new FieldError(pointer, code, detail));

    private static ApiProblem? OfStatus(int status) => status switch
    {
        400 => ApiProblem.BadRequest("bad_request", "The request cannot be read."),
        404 => ApiProblem.NotFound("resource"),
        405 => ApiProblem.Other(405, "method_not_allowed", "This resource does not answer to this method; see the Allow header."),
        413 => ApiProblem.Other(413, "body_too_large", "The body is larger than this route takes."),
        415 => ApiProblem.Other(415, "media_type_unsupported", "Send application/json."),
        >= 500 => ApiProblem.Other(status, "internal_error", "Something went wrong here. It has been recorded."),
        _ => null,
    };
}
