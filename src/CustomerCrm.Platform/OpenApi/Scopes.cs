using CustomerCrm.Platform.Access;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi;

/// <summary>Who may call an operation, in words and in the document's own terms.</summary>
internal static class Scopes
{
    public const string SchemeName = "ApiKey";

    /// <exception cref="InvalidOperationException">The route does not say who may call it.</exception>
    public static string Say(AccessRule? rule) => rule switch
    {
        { Scope: { } scope } => $"Scope: `{scope}`.",
        { IsForAnyKey: true } => "Scope: none; any key of a tenant will do.",
        { IsForOperator: true } => "Scope: none; the operator's key. Where sign-up is open, as in development, no key is needed.",
        _ => throw new InvalidOperationException("Every route says who may call it."),
    };

    // OpenAPI 3.1 lets a scheme that is not OAuth name the roles that are needed.
    public static OpenApiSecurityRequirement Of(AccessRule? rule, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(SchemeName, document)] = rule?.Scope is { } scope ? [scope] : [] };

    public static OpenApiSecurityScheme Scheme => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = "crm_live_… or crm_test_…",
        Description = "An API key, sent as `Authorization: Bearer crm_live_…`. A test key sees a data set of its own. Each operation says which scope its key must have.",
    };
}
