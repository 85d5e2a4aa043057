using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Idempotency;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi.Asking;

/// <summary>The headers that a request may carry, described once.</summary>
internal static class RequestHeaders
{
    public const string Key = "IdempotencyKey", RequiredKey = "RequiredIdempotencyKey", IfMatch = "IfMatch", IfNoneMatch = "IfNoneMatch", OnlyNew = "OnlyNew", Quiet = "CrmQuiet", Read = "CrmRead", Visitor = "CrmVisitor";

    private const string AboutKeys = "A name of your own for this attempt, 1 to 255 visible ASCII characters. Sent again within 24 hours, with the same body, it does nothing twice and brings the first answer with `Idempotent-Replayed: true`; with another body or route it is 422.";

    public static Dictionary<string, IOpenApiParameter> All => new()
    {
        [Key] = Header(IdempotencyKey.Header, AboutKeys, KeyText(), "8e03978e-40d5-43e8-bc93-6894a57f9324"),
        [RequiredKey] = Header(IdempotencyKey.Header, AboutKeys + " This route does not work without one.", KeyText(), "8e03978e-40d5-43e8-bc93-6894a57f9324", isRequired: true),
        [IfMatch] = Header("If-Match", "The `ETag` of what you believe you are changing; 412 if it has changed since.", Tag(), "\"r3\""),
        [IfNoneMatch] = Header("If-None-Match", "The `ETag` of what you have; 304 without a body if it is still that.", Tag(), "\"r3\""),
        [OnlyNew] = Header("If-None-Match", "`*` to create and never to change: 412 if it is there already.", Tag(), "*"),
        [Quiet] = Header("Crm-Quiet", "`true` when history is loaded: everything is recorded, but starts no webhook, automation or message.",
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["true", "false"] }, "true"),
        [Read] = Header(LagMiddleware.Request, "`current`: not from a copy of the database that may be some seconds behind. Whoever has just written through the same process is not given an older state anyway.",
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["current"] }, "current"),
        [Visitor] = Header("Crm-Visitor", "The token that the visitor got when the chat began: it opens this visitor's chat, and no other.",
            new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 100 }, "vt_4kq9mPzT2sXw7LcRbVn8HdYf3GjA6eUoKiQ1WtZx5Mv"),
    };

    private static OpenApiSchema KeyText() => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 257, Pattern = "^[!-~]+$" };

    private static OpenApiSchema Tag() => new() { Type = JsonSchemaType.String, MaxLength = 1000 };

    private static OpenApiParameter Header(string name, string description, OpenApiSchema schema, string example, bool isRequired = false) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = schema, Example = example, Required = isRequired };
}
