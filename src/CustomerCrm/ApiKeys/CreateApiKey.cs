using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Access.Origins;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Idempotency;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.ApiKeys;

/// <summary>POST /api_keys: another key for the caller's own data set. Several live side by side, so that one can be replaced without a gap.</summary>
public static class CreateApiKey
{
    private const int MostKeys = 50;

    public sealed record Request : IValidatableObject
    {
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        /// <summary>A secret one if it is left out.</summary>
        public ApiKeyUse Use { get; init; }

        /// <summary>What the key may do; at most what the calling key may. Of a publishable one: only what pages may do.</summary>
        [MinLength(1), MaxLength(500)] public required IReadOnlyList<string> Scopes { get; init; }

        /// <summary>From when it is refused; never, if this is absent.</summary>
        public DateTimeOffset? ExpiresAt { get; init; }

        /// <summary>The web origins whose pages may use a publishable key.</summary>
        /// <example>["https://shop.example.com"]</example>
        [MinLength(1), MaxLength(WebOriginsAttribute.Most), WebOrigins] public IReadOnlyList<string>? Origins { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Use == ApiKeyUse.Publishable && Origins is null) yield return new BrokenRule("required", "A publishable key says whose pages may use it.", nameof(Origins));
            if (Use == ApiKeyUse.Secret && Origins is not null) yield return new BrokenRule("not_allowed", "A secret key is for no page; the tenant's allowed_origins are for those who sign in.", nameof(Origins));
        }
    }

    /// <summary>The new key with its text, which only the first answer holds.</summary>
    public sealed record Response : ApiKey, IHoldsSecret
    {
        public Response() { }

        [SetsRequiredMembers]
        internal Response(ApiKey key) : base(key) { }

        /// <summary>What to send as <c>Authorization: Bearer …</c>. Null in the replay of a repeated request: it is not kept.</summary>
        public string? Key { get; init; }

        /// <summary>False where the text is left out because it was shown before.</summary>
        public bool IsKeyShown => Key is not null;

        public object WithoutSecret() => this with { Key = null };
    }

    internal static async Task<Created<Response>> Handle(
        Request request, Caller caller, KnownScopes known, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var scopes = GrantedScopes.Of(request.Scopes, request.Use, known, caller, before: ScopeSet.None);
        if (request.ExpiresAt <= now) throw ApiProblem.Invalid("/expires_at", "in_the_past", "The key would be refused from the start.");
        if (await db.FindAsync<int>(CountHeld, null, ct) >= MostKeys)
            throw ApiProblem.Conflict("too_many_api_keys", $"A data set has at most {MostKeys} keys. Revoke one first.");

        var text = ApiKeyText.Make((request.Use, caller.IsTest) switch
        {
            (ApiKeyUse.Publishable, true) => ApiKeyKind.PublishableTest,
            (ApiKeyUse.Publishable, _) => ApiKeyKind.PublishableLive,
            (_, true) => ApiKeyKind.Test,
            _ => ApiKeyKind.Live,
        });
        var key = new ApiKey
        {
            Id = Id<ApiKey>.New(),
            Name = request.Name,
            Hint = ApiKeyText.HintOf(text),
            ScopeText = scopes,
            IsPublishable = request.Use == ApiKeyUse.Publishable,
            OriginText = OriginSet.Of(request.Origins ?? []).ToString(),
            ExpiresAt = request.ExpiresAt,
            Revision = 1,
            CreatedAt = now,
        };
        await db.ExecuteAsync(Insert, new
        {
            key.Id, key.Name, Hash = ApiKeyText.HashOf(text), key.Hint, Scopes = scopes, key.IsPublishable, Origins = key.OriginText, key.ExpiresAt, key.CreatedAt,
        }, ct);
        events.Record("api_key.created", key);
        return TypedResults.Created($"/v1/api_keys/{key.Id}", new Response(key) { Key = text });
    }

    private static readonly TenantSql CountHeld = TenantSql.CountHeld("ApiKeys", "RevokedAt IS NULL");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ApiKeys (TenantId, Id, Name, Hash, Hint, Scopes, IsPublishable, Origins, CreatedAt, ExpiresAt, Revision)
        VALUES (@TenantId, @Id, @Name, @Hash, @Hint, @Scopes, @IsPublishable, @Origins, @CreatedAt, @ExpiresAt, 1)
        """);
}
