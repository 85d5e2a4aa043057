using System.Diagnostics;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Problems;

/// <summary>What an error looks like on the wire: RFC 9457, with a code for programs and the fields that are wrong.</summary>
public sealed record ProblemDocument
{
    /// <summary>What kind of problem: an absolute address that explains it.</summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem in words. Never varies from one occurrence to the next.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>This occurrence, for people.</summary>
    public required string Detail { get; init; }

    /// <summary>The kind of problem, for programs. Stable.</summary>
    public required string Code { get; init; }

    /// <summary>The fields that are wrong, all of them at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The W3C trace id of the request: 32 hex digits. Quote it when you ask for help.</summary>
    public required string TraceId { get; init; }

    /// <summary>More about this kind of problem: the candidates of a collision.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?>? Extensions { get; init; }

    internal static async Task WriteAsync(HttpContext http, ApiProblem problem, string baseUrl)
    {
        var document = new ProblemDocument
        {
            Type = problem.Type ?? $"{baseUrl}/problems/{problem.Code}",
            Title = TitleOf(problem.Code),
            Status = problem.Status,
            Detail = problem.Message,
            Code = problem.Code,
            Errors = problem.Errors.Count == 0 ? null : problem.Errors,
            TraceId = TraceIdOf(http).ToHexString(),
            Extensions = problem.Extensions.Count == 0 ? null : new Dictionary<string, object?>(problem.Extensions),
        };
        http.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } after) http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await JsonBody.WriteAsync(http.Response, JsonBody.Of(document), JsonBody.Problem);
    }

    // The framework follows the caller's trace only while somebody listens to traces or logs.
    private static ActivityTraceId TraceIdOf(HttpContext http) => Activity.Current?.TraceId
        ?? (ActivityContext.TryParse(http.Request.Headers.TraceParent, null, out var sent) ? sent.TraceId : ActivityTraceId.CreateRandom());

    private static string TitleOf(string code) => char.ToUpperInvariant(code[0]) + code[1..].Replace('_', ' ');
}
