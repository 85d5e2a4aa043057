using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Problems;

/// <summary>An outcome the caller should hear about. Thrown anywhere, written as an RFC 9457 problem in one place.</summary>
public sealed class ApiProblem : Exception
{
    private ApiProblem(int status, string code, string detail, Exception? inner = null) : base(detail, inner) =>
        (Status, Code) = (status, code);

    public int Status { get; }

    /// <summary>Stable, for programs: <c>ticket_closed</c>. The message is for people and may change.</summary>
    public string Code { get; }

    /// <summary>An address that a standard gives this kind of problem; null for one of our own.</summary>
    public string? Type { get; init; }

    /// <summary>What is wrong, field by field.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>When it is worth trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>More members of the problem document, by their name on the wire: the candidates of a collision.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; init; } = new Dictionary<string, object?>();

    /// <summary>400: cannot be parsed or bound, or a bad query parameter.</summary>
    public static ApiProblem BadRequest(string code, string detail, params IReadOnlyList<FieldError> errors) =>
        new(StatusCodes.Status400BadRequest, code, detail) { Errors = errors };

    /// <summary>400: a query parameter that is unknown or has a value it cannot have.</summary>
    public static ApiProblem BadQuery(string parameter, string code, string detail) =>
        BadRequest("query_invalid", "A query parameter is not valid.", new FieldError($"?{parameter}", code, detail));

    public static ApiProblem Unauthorized(string code, string detail) => new(StatusCodes.Status401Unauthorized, code, detail);

    public static ApiProblem Forbidden(string code, string detail) => new(StatusCodes.Status403Forbidden, code, detail);

    /// <summary>404: for what does not exist, and byte for byte the same for what is another tenant's.</summary>
    public static ApiProblem NotFound(string what) =>
        new(StatusCodes.Status404NotFound, "not_found", $"There is no such {what}.");

    public static ApiProblem Conflict(string code, string detail, Exception? inner = null) =>
        new(StatusCodes.Status409Conflict, code, detail, inner);

    public static ApiProblem Conflict(string code, string detail, IReadOnlyDictionary<string, object?> extensions) =>
        new(StatusCodes.Status409Conflict, code, detail) { Extensions = extensions };

    /// <summary>412: the resource is no longer what <c>If-Match</c> said.</summary>
    public static ApiProblem PreconditionFailed() =>
        new(StatusCodes.Status412PreconditionFailed, "precondition_failed", "The resource has changed since it was read, or does not match If-Match.");

    /// <summary>412, and what others changed since.</summary>
    public static ApiProblem PreconditionFailed(string detail, IReadOnlyDictionary<string, object?> extensions) =>
        new(StatusCodes.Status412PreconditionFailed, "precondition_failed", detail) { Extensions = extensions };

    /// <summary>422: parsed, but not acceptable.</summary>
    public static ApiProblem Invalid(params IReadOnlyList<FieldError> errors) =>
        new(StatusCodes.Status422UnprocessableEntity, "validation_failed", errors.Count == 1 ? "1 field is not valid." : $"{errors.Count} fields are not valid.") { Errors = errors };

    public static ApiProblem Invalid(string pointer, string code, string detail) => Invalid(new FieldError(pointer, code, detail));

    /// <summary>429: the quota of this name is used up. Nothing was done (draft-ietf-httpapi-ratelimit-headers).</summary>
    public static ApiProblem QuotaExceeded(string policy, TimeSpan retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, "quota_exceeded", "Too many requests. Nothing was done; try again after the time in Retry-After.")
        {
            Type = "https://iana.org/assignments/http-problem-types#quota-exceeded",
            RetryAfter = retryAfter,
            Extensions = new Dictionary<string, object?> { ["violated-policies"] = new[] { policy } },
        };

    /// <summary>Any other status with its own code.</summary>
    public static ApiProblem Other(int status, string code, string detail, TimeSpan? retryAfter = null, Exception? inner = null) =>
        new(status, code, detail, inner) { RetryAfter = retryAfter };
}

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Pointer">Where: an RFC 6901 JSON pointer into the body (<c>/lines/0/quantity</c>), <c>?name</c> for a query parameter.</param>
/// <param name="Code">What, for programs: <c>required</c>, <c>too_long</c>, <c>email_invalid</c>.</param>
/// <param name="Detail">What, for people.</param>
public sealed record FieldError(string Pointer, string Code, string Detail);
