using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.ApiKeys;

internal static class ApiKeyRoutes
{
    internal static readonly ListOf<ApiKey> List = ListOf<ApiKey>.From(ApiKey.All, "k.Id", key => key.Id.ToBytes())
        .SortedBy("created_at", "k.CreatedAt", key => key.CreatedAt, isDescending: true)
        .SortedBy("name", "k.Name", key => key.Name);

    /// <summary>The keys that programs call this API with: their scopes, expiry and last use.</summary>
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/api_keys").WithTags("ApiKeys");

        keys.MapGet("/", ListApiKeys).Lists(List).Needs("api_keys:read").ReadsCurrent().Describe("List API keys",
            "The keys of the caller's data set that are not revoked, expired ones included. Their texts are not kept and cannot be shown.");
        keys.MapPost("/", CreateApiKey.Handle).Needs("api_keys:write").Describe("Create an API key",
            "For the same data set as the calling key, live or test, with scopes the calling key has itself. The text of the key is in this answer and never again; the replay of a repeated request leaves it out and says so by `is_key_shown`. A `publishable` one stands in pages: it tracks visitors, reads nothing of customers, and works from its `origins` only. At most 50 keys.");
        keys.MapGet("/{api_key_id}", ShowApiKey).Needs("api_keys:read").Describe("Show an API key",
            "Its name, scopes, expiry and last use.");
        keys.MapPatch("/{api_key_id}", ChangeApiKey.Handle).Needs("api_keys:write").Describe("Change an API key",
            "Name, scopes, origins or expiry, in force from the answer on. Scopes that the calling key lacks cannot be added, and the last key that may do everything keeps doing so where there is no owner (409 `last_full_key`).");
        keys.MapDelete("/{api_key_id}", RevokeApiKey.Handle).Needs("api_keys:write").Describe("Revoke an API key",
            "The key is refused from the answer on; where the API runs as several processes, by all of them within a second. A key may revoke itself, except the last that may do everything where there is no owner either (409 `last_full_key`).");
    }

    internal static Task<Page<ApiKey>> ListApiKeys(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static async Task<ApiKey> ShowApiKey([FromRoute(Name = "api_key_id")] Id<ApiKey> apiKeyId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<ApiKey>(ApiKey.ById, new { Id = apiKeyId }, ct) ?? throw ApiProblem.NotFound("API key");
}
