using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi.Answering;

/// <summary>The errors that operations share, each described once; and which of them an operation can give.</summary>
internal static class Refusals
{
    private const string MediaType = "application/problem+json";

    private static readonly Refusal[] all =
    [
        new(400, "BadRequest", "The request cannot be read, or a query parameter or header is unknown or not valid.", "body_malformed", "The body cannot be read.", []) { Field = ("/emial", "unknown_member", "There is no such member here.") },
        new(401, "Unauthenticated", "There is no valid API key.", "unauthenticated", "This needs a valid API key, sent as \"Authorization: Bearer <key>\".", ["WWW-Authenticate"]),
        new(403, "Forbidden", "The API key may not do this.", "scope_missing", "The API key lacks the scope customers:write.", ["WWW-Authenticate"]),
        new(404, "NotFound", "There is no such thing, or it is another tenant's.", "not_found", "There is no such customer.", []),
        new(409, "Conflict", "It does not go together with what is there; or, with `Retry-After`, the first request with this `Idempotency-Key` is still running.", "already_exists", "There is one like this already.", ["Retry-After"]),
        new(410, "Gone", "It was here and is no more.", "cursor_expired", "Events behind this cursor are older than 30 days and gone. Begin again without it.", []),
        new(412, "PreconditionFailed", "The resource is not what `If-Match` says.", "precondition_failed", "The resource has changed since it was read, or does not match If-Match.", []),
        new(413, "BodyTooLarge", "The body is larger than this route takes: a mebibyte of JSON, 50 MiB of a file.", "body_too_large", "The body is larger than this route takes.", []),
        new(415, "UnsupportedMediaType", "The body is not of a type that this route takes: `application/json`, unless it says otherwise; or it is compressed (`Content-Encoding`).", "media_type_unsupported", "Send application/json.", ["Accept-Encoding"]),
        new(422, "Unprocessable", "The request was read, but is not acceptable: every field that is wrong is named. Also for an `Idempotency-Key` that was used for another request.", "validation_failed", "1 field is not valid.", []) { Field = ("/email", "email_invalid", "Not an e-mail address.") },
        new(429, "TooManyRequests", "The key has used up its quota. Nothing was done.", "quota_exceeded", "Too many requests. Nothing was done; try again after the time in Retry-After.", ["Retry-After"]) { Type = "https://iana.org/assignments/http-problem-types#quota-exceeded" },
        new(500, "InternalError", "Something went wrong on the server. It has been recorded under `trace_id`.", "internal_error", "Something went wrong here. It has been recorded.", []),
        new(503, "Unavailable", "The database is busy, or the request took longer than 30 seconds (`request_timeout`). Nothing was done.", "database_busy", "The database is busy. Nothing was changed; try again.", ["Retry-After"]),
        new(507, "StorageFull", "The database is full. Nothing was changed.", "storage_full", "There is no room to store this. Nothing was changed.", ["Retry-After"]),
    ];

    public static Dictionary<string, IOpenApiResponse> Components(OpenApiDocument document, IOpenApiSchema problem) =>
        all.ToDictionary(r => r.Name, r => (IOpenApiResponse)new OpenApiResponse
        {
            Description = r.Description,
            Headers = AnswerHeaders.Refer(document, r.Headers.Concat(["RateLimit", "RateLimit-Policy"])),
            Content = new Dictionary<string, OpenApiMediaType> { [MediaType] = new OpenApiMediaType { Schema = problem, Example = r.Example() } },
        });

    public static IOpenApiResponse Refer(OpenApiDocument document, int status) =>
        new OpenApiResponseReference(all.FirstOrDefault(r => r.Status == status)?.Name ?? throw new InvalidOperationException($"No refusal with status {status} is described."), document);

    public static IEnumerable<int> Of(Operation operation)
    {
        var statuses = new SortedSet<int> { 400, 401, 403, 429, 500, 503 };
        if (operation.HasPathParameters || operation.Body is not null) statuses.Add(404);
        if (operation.ChecksRevision) statuses.Add(412);
        if (operation.Body is not null || operation.FileBody is not null) statuses.UnionWith([413, 415, 422]);
        if (operation.Writes) statuses.UnionWith([409, 422, 507]);
        statuses.UnionWith(operation.OtherAnswers.Select(o => o.Status));
        return statuses;
    }

    private sealed record Refusal(int Status, string Name, string Description, string Code, string Detail, string[] Headers)
    {
        public string? Type { get; init; }
        public (string Pointer, string Code, string Detail)? Field { get; init; }

        public JsonObject Example()
        {
            var example = new JsonObject
            {
                ["type"] = Type ?? $"https://crm.example.com/problems/{Code}",
                ["title"] = char.ToUpperInvariant(Code[0]) + Code[1..].Replace('_', ' '),
                ["status"] = Status,
                ["detail"] = Detail,
                ["code"] = Code,
            };
            if (Field is var (pointer, code, detail)) example["errors"] = new JsonArray(new JsonObject { ["pointer"] = pointer, ["code"] = code, ["detail"] = detail });
            example["trace_id"] = "4bf92f3577b34da6a3ce929d0e0e4736";
            return example;
        }
    }
}
