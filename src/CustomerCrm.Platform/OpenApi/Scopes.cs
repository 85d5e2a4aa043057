using System.Text.Json;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.People;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi;

/// <summary>Who may call an operation, in words and in the document's own terms.</summary>
internal static class Scopes
{
    public const string SchemeName = "ApiKey";

    /// <exception cref="InvalidOperationException">The route does not say who may call it.</exception>
    public static string Say(AccessRule? rule, RolePermissions permissions) => rule switch
    {
        { Scope: { } scope } => $"Scope: `{scope}`. Roles: {string.Join(", ", permissions.RolesWith(scope).Select(role => JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString())))}.",
        { IsForAnyKey: true } => "Scope: none; any key of a tenant will do, and any role.",
        { IsForUsers: true } => "Scope: none; any person who is signed in, whatever the role, and no key of a program.",
        { IsForInvited: true } => "Scope: none; the token that came with the invitation, as the bearer.",
        { IsForAnyone: true } => "Scope: none; no key is needed.",
        { IsForOperator: true } => "Scope: none; the operator's key. Where sign-up is open, as in development, no key is needed.",
        _ => throw new InvalidOperationException("Every route says who may call it."),
    };

    // OpenAPI 3.1 lets a scheme that is not OAuth name the roles that are needed.
    public static OpenApiSecurityRequirement Of(AccessRule? rule, OpenApiDocument document) =>
        rule is { IsForAnyone: true } ? [] : new() { [new OpenApiSecuritySchemeReference(SchemeName, document)] = rule?.Scope is { } scope ? [scope] : [] };

    public static OpenApiSecurityScheme Scheme => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = "crm_live_…, crm_test_… or crm_user_…",
        Description = "An API key, sent as `Authorization: Bearer crm_live_…`, or the access token of a person who is signed in, `crm_user_…`. A test key sees a data set of its own. Each operation says which scope its key must have, and which roles have it.",
    };
}
