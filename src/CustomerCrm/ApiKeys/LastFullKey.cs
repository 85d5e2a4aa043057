using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.ApiKeys;

/// <summary>A data set that no key and no owner can fully reach any more would be lost to its tenant.</summary>
internal static class LastFullKey
{
    /// <param name="key">Who is about to be revoked, to end, or to lose scopes.</param>
    /// <param name="db">Where.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">409: there is no other key for everything that never ends, and no owner who could make one.</exception>
    public static async Task CheckAsync(ApiKey key, TenantDb db, CancellationToken ct)
    {
        if (IsFull(key) && await db.FindAsync<int>(CountOthers, new { key.Id, All = ScopeSet.All }, ct) == 0)
            throw ApiProblem.Conflict("last_full_key", "No other key may do everything, and there is no owner who could make one. Create such a key first.");
    }

    public static bool IsFull(ApiKey key) => key is { IsPublishable: false, ScopeText: ScopeSet.All, ExpiresAt: null };

    // SQL Server holds what it counted, so that the last two cannot both go at once; SQLite has one writer.
    private static readonly TenantSql CountOthers = TenantSql.Of(
        sqlServer: """
            SELECT (SELECT COUNT(*) FROM ApiKeys k WITH (UPDLOCK, HOLDLOCK)
                    WHERE k.TenantId = @TenantId AND k.RevokedAt IS NULL AND k.IsPublishable = 0 AND k.ExpiresAt IS NULL AND k.Scopes = @All AND k.Id <> @Id)
                 + (SELECT COUNT(*) FROM Users u WHERE u.TenantId = @TenantId AND u.Role = 1)
            """,
        sqlite: """
            SELECT (SELECT COUNT(*) FROM ApiKeys k
                    WHERE k.TenantId = @TenantId AND k.RevokedAt IS NULL AND k.IsPublishable = 0 AND k.ExpiresAt IS NULL AND k.Scopes = @All AND k.Id <> @Id)
                 + (SELECT COUNT(*) FROM Users u WHERE u.TenantId = @TenantId AND u.Role = 1)
            """);
}
