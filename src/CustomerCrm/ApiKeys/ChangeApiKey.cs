using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Access.Origins;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.ApiKeys;

/// <summary>PATCH /api_keys/{api_key_id}: its name, scopes, origins or expiry; in force from the answer on.</summary>
public static class ChangeApiKey
{
    public sealed record Request
    {
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        /// <summary>All of its scopes from now on. None may be added that the calling key lacks.</summary>
        [Required, MinLength(1), MaxLength(500)] public Change<IReadOnlyList<string>> Scopes { get; init; }

        /// <summary>Of a publishable key: all the web origins whose pages may use it from now on.</summary>
        /// <example>["https://shop.example.com"]</example>
        [Required, MinLength(1), MaxLength(WebOriginsAttribute.Most), WebOrigins] public Change<IReadOnlyList<string>> Origins { get; init; }

        /// <summary>Null for never.</summary>
        public Change<DateTimeOffset?> ExpiresAt { get; init; }
    }

    internal static async Task<ApiKey> Handle(
        [FromRoute(Name = "api_key_id")] Id<ApiKey> apiKeyId, Request request, IfMatch ifMatch, Caller caller, KnownScopes known,
        KeyChanges changes, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await db.FindAsync<ApiKey>(ApiKey.ById, new { Id = apiKeyId }, ct) ?? throw ApiProblem.NotFound("API key");
        ifMatch.Check(current.Revision);
        if (request.ExpiresAt is { IsSet: true, Value: { } expiry } && expiry <= clock.GetUtcNow())
            throw ApiProblem.Invalid("/expires_at", "in_the_past", "To end a key now, revoke it.");
        if (request.Origins.IsSet && !current.IsPublishable) throw ApiProblem.Invalid("/origins", "not_allowed", "A secret key is for no page.");

        var changed = current with
        {
            Name = request.Name.Or(current.Name)!,
            ScopeText = request.Scopes.IsSet ? GrantedScopes.Of(request.Scopes.Value!, current.Use, known, caller, ScopeSet.Parse(current.ScopeText)) : current.ScopeText,
            OriginText = request.Origins.IsSet ? OriginSet.Of(request.Origins.Value!).ToString() : current.OriginText,
            ExpiresAt = request.ExpiresAt.Or(current.ExpiresAt),
        };
        if (changed == current) return current;
        if (!LastFullKey.IsFull(changed)) await LastFullKey.CheckAsync(current, db, ct);

        changed = changed with { Revision = current.Revision + 1 };
        if (await db.ExecuteAsync(Update, new { changed.Id, changed.Name, Scopes = changed.ScopeText, Origins = changed.OriginText, changed.ExpiresAt, changed.Revision }, ct) == 0)
            throw ApiProblem.PreconditionFailed();
        changes.Announce(apiKeyId.Value);
        events.Record("api_key.updated", changed);
        return changed;
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE ApiKeys
        SET Name = @Name, Scopes = @Scopes, Origins = @Origins, ExpiresAt = @ExpiresAt, Revision = @Revision
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND RevokedAt IS NULL
          AND Revision = @Revision - 1
        """);
}
