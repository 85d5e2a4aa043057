using CustomerCrm.Platform.Http;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi.Answering;

/// <summary>The headers that an answer may carry, described once.</summary>
internal static class AnswerHeaders
{
    public static Dictionary<string, IOpenApiHeader> All => new()
    {
        [LagMiddleware.Answer] = Header("The answer came from a copy of the database and knows all that was committed before this moment; without it, all there is.",
            new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", MaxLength = 40 }, "2026-11-26T10:15:30.123Z"),
        ["Accept-Encoding"] = Header("How a body may be encoded, where the one that was sent may not: as it is.", new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["identity"] }, "identity"),
        ["ETag"] = Header("The revision of the resource, for `If-Match` and `If-None-Match`.", Text(40), "\"r3\""),
        ["Link"] = Header("The address of the next page, as `rel=\"next\"`; absent on the last one (RFC 8288).", Text(8192), "<https://crm.example.com/v1/customers?cursor=AbU5xk2mQn8>; rel=\"next\""),
        ["Location"] = Header("The path of what was made.", Text(2048), "/v1/customers/cus_01jhmkxk0005y7zj2c2xk5s7qw"),
        ["Idempotent-Replayed"] = Header("`true`: this was done before under the same `Idempotency-Key`, and this is the answer of then.",
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["true"] }, "true"),
        ["RateLimit"] = Header("How many requests are left (`r`) in the bucket that is nearer to its end, the key's (`default`), that of all the tenant's keys (`tenant`) or, of a publishable key, the caller's address (`visitor`), and the seconds until there is one more (`t`).", Text(100), "\"default\";r=999;t=1"),
        ["RateLimit-Policy"] = Header("The size of each bucket (`q`) and the seconds in which an empty one is full again (`w`).", Text(200), "\"default\";q=1000;w=10, \"tenant\";q=3000;w=10"),
        ["Retry-After"] = Header("The seconds after which it is worth trying again.",
            new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = "86400" }, 1),
        ["WWW-Authenticate"] = Header("How to be let in (RFC 6750).", Text(200), "Bearer"),
    };

    public static Dictionary<string, IOpenApiHeader> Refer(OpenApiDocument document, params IEnumerable<string> names) =>
        names.ToDictionary(name => name, name => (IOpenApiHeader)new OpenApiHeaderReference(name, document));

    private static OpenApiSchema Text(int most) => new() { Type = JsonSchemaType.String, MaxLength = most };

    private static OpenApiHeader Header(string description, OpenApiSchema schema, System.Text.Json.Nodes.JsonNode example) =>
        new() { Description = description, Schema = schema, Example = example };
}
