using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.ApiKeys;

/// <summary>DELETE /api_keys/{api_key_id}: refused from the answer on, in other processes within a second. There is no way back.</summary>
public static class RevokeApiKey
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "api_key_id")] Id<ApiKey> apiKeyId, IfMatch ifMatch, KeyChanges changes, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await db.FindAsync<ApiKey>(ApiKey.ById, new { Id = apiKeyId }, ct) ?? throw ApiProblem.NotFound("API key");
        ifMatch.Check(current.Revision);
        await LastFullKey.CheckAsync(current, db, ct);
        if (await db.ExecuteAsync(Revoke, new { Id = apiKeyId, Now = clock.GetUtcNow() }, ct) == 0) throw ApiProblem.NotFound("API key");

        changes.Announce(apiKeyId.Value);
        events.Record("api_key.revoked", current with { Revision = current.Revision + 1 });
        return TypedResults.NoContent();
    }

    // The row stays, unseen: its hash must not come back to life, and events tell of it.
    private static readonly TenantSql Revoke = TenantSql.Of("""
        UPDATE ApiKeys
        SET RevokedAt = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND RevokedAt IS NULL
        """);
}
