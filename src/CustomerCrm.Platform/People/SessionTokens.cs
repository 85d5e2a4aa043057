using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.People;

/// <summary>
/// Sessions: an access token that lives for minutes and a refresh token that is used once for the next two. A refresh token that
/// comes a second time was copied, by whom cannot be known, so the whole session ends.
/// </summary>
public sealed class SessionTokens
{
    public static readonly TimeSpan AccessLife = TimeSpan.FromMinutes(10), RefreshLife = TimeSpan.FromDays(14), SessionLife = TimeSpan.FromDays(90);

    private readonly Databases databases;
    private readonly TenantDb db;
    private readonly KeyChanges changes;
    private readonly TimeProvider clock;

    internal SessionTokens(Databases databases, TenantDb db, KeyChanges changes, TimeProvider clock) =>
        (this.databases, this.db, this.changes, this.clock) = (databases, db, changes, clock);

    /// <summary>A new session, in the transaction that is open or, where the tenant lives in another database, before it.</summary>
    public async Task<IssuedTokens> OpenAsync(Membership user, byte[] addressHash, string? browser, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var sessionId = Guid.CreateVersion7();
        var ends = now + SessionLife;
        IssuedTokens? issued = null;
        await db.ForTenantAsync(user.TenantId, async within =>
        {
            await within.ExecuteAsync(InsertSession, new
            {
                user.TenantId, Id = sessionId.ToByteArray(bigEndian: true), user.UserId, user.PersonId, AddressHash = addressHash, Browser = browser, Now = now, ExpiresAt = ends,
            }, ct);
            issued = await IssueAsync(within, user.TenantId, sessionId.ToByteArray(bigEndian: true), ends, ct);
        }, ct);
        return issued!;
    }

    /// <returns>Null: the token is unknown, expired or of a session that has ended, or was used before, and then the session ends now.</returns>
    public async Task<IssuedTokens?> RefreshAsync(string refreshToken, CancellationToken ct)
    {
        if (ApiKeyText.TryHash(refreshToken, ApiKeyKind.Refresh) is not { } hash) return null;
        var now = clock.GetUtcNow();
        if (await databases.FindAnywhereAsync<Row>(ByRefreshToken, new { Hash = hash, Now = now }, s => s.TenantId, hint: null, ct) is not { } session) return null;

        IssuedTokens? issued = null;
        await db.ForTenantAsync(session.TenantId, async within =>
        {
            var args = new { session.TenantId, session.SessionId, Hash = hash, Now = now };
            if (await within.ExecuteAsync(UseOnce, args, ct) == 1)
            {
                await within.ExecuteAsync(DeleteOldAccess, args, ct);
                if (await within.ExecuteAsync(Touch, args, ct) == 1) issued = await IssueAsync(within, session.TenantId, session.SessionId, session.ExpiresAt, ct);
                return;
            }
            await within.ExecuteAsync(End, args, ct);
            changes.Announce(new Guid(session.SessionId, bigEndian: true));
        }, ct);
        return issued;
    }

    private async Task<IssuedTokens> IssueAsync(SystemTransaction within, int tenantId, byte[] sessionId, DateTimeOffset sessionEnds, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var issued = new IssuedTokens
        {
            SessionId = new Guid(sessionId, bigEndian: true),
            Access = ApiKeyText.Make(ApiKeyKind.User),
            AccessExpiresAt = Earlier(now + AccessLife, sessionEnds),
            Refresh = ApiKeyText.Make(ApiKeyKind.Refresh),
            RefreshExpiresAt = Earlier(now + RefreshLife, sessionEnds),
        };
        await within.ExecuteAsync(InsertToken, new { TenantId = tenantId, Hash = ApiKeyText.HashOf(issued.Access), SessionId = sessionId, IsRefresh = false, ExpiresAt = issued.AccessExpiresAt }, ct);
        await within.ExecuteAsync(InsertToken, new { TenantId = tenantId, Hash = ApiKeyText.HashOf(issued.Refresh), SessionId = sessionId, IsRefresh = true, ExpiresAt = issued.RefreshExpiresAt }, ct);
        return issued;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private sealed record Row
    {
        public required int TenantId { get; init; }
        public required byte[] SessionId { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
    }

    private static readonly SystemSql ByRefreshToken = SystemSql.Of("""
        SELECT s.TenantId, s.Id AS SessionId, s.ExpiresAt
        FROM SessionTokens k
        JOIN Sessions s ON s.TenantId = k.TenantId AND s.Id = k.SessionId
        WHERE k.Hash = @Hash
          AND k.IsRefresh = 1
          AND k.ExpiresAt > @Now
          AND s.EndedAt IS NULL
        """);

    private static readonly SystemSql InsertSession = SystemSql.Of("""
        INSERT INTO Sessions (TenantId, Id, UserId, PersonId, AddressHash, Browser, CreatedAt, RefreshedAt, ExpiresAt, Revision)
        VALUES (@TenantId, @Id, @UserId, @PersonId, @AddressHash, @Browser, @Now, @Now, @ExpiresAt, 1)
        """);

    private static readonly SystemSql InsertToken = SystemSql.Of("""
        INSERT INTO SessionTokens (TenantId, Hash, SessionId, IsRefresh, ExpiresAt)
        VALUES (@TenantId, @Hash, @SessionId, @IsRefresh, @ExpiresAt)
        """);

    // Two at once with the same token: one of them changes no row, whichever comes second.
    private static readonly SystemSql UseOnce = SystemSql.Of("""
        UPDATE SessionTokens
        SET UsedAt = @Now
        WHERE TenantId = @TenantId
          AND Hash = @Hash
          AND UsedAt IS NULL
        """);

    private static readonly SystemSql DeleteOldAccess = SystemSql.Of("""
        DELETE FROM SessionTokens
        WHERE TenantId = @TenantId
          AND SessionId = @SessionId
          AND IsRefresh = 0
          AND ExpiresAt <= @Now
        """);

    private static readonly SystemSql Touch = SystemSql.Of("""
        UPDATE Sessions
        SET RefreshedAt = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @SessionId
          AND EndedAt IS NULL
        """);

    private static readonly SystemSql End = SystemSql.Of("""
        UPDATE Sessions
        SET EndedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @SessionId
          AND EndedAt IS NULL
        """);
}

/// <summary>The texts of two tokens, for the only time.</summary>
public sealed record IssuedTokens
{
    public required Guid SessionId { get; init; }
    public required string Access { get; init; }
    public required DateTimeOffset AccessExpiresAt { get; init; }
    public required string Refresh { get; init; }
    public required DateTimeOffset RefreshExpiresAt { get; init; }
}
