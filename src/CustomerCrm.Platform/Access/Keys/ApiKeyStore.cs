using System.Diagnostics.Metrics;
using CustomerCrm.Platform.Access.Origins;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Platform.Access.Keys;

/// <summary>The keys in the database. Each read is counted (<c>crm.api_keys.reads</c>): garbage must cause none.</summary>
internal sealed class ApiKeyStore(Databases databases, RolePermissions permissions, IMeterFactory meters)
{
    private readonly Counter<long> reads = meters.Create("CustomerCrm.Access").CreateCounter<long>("crm.api_keys.reads");

    /// <param name="kind">What kind of key it says it is.</param>
    /// <param name="hash">Of its text.</param>
    /// <param name="hint">Whose it was when it was asked for before.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null for a key that does not exist or is revoked.</returns>
    public async Task<KeyGrant?> FindAsync(ApiKeyKind kind, KeyHash hash, int? hint, CancellationToken ct)
    {
        reads.Add(1);
        var args = new { Hash = hash.ToBytes() };
        return kind switch
        {
            ApiKeyKind.Live or ApiKeyKind.Test or ApiKeyKind.PublishableLive or ApiKeyKind.PublishableTest => (await databases.FindAnywhereAsync<Row>(ByHash, args, r => r.TenantId, hint, ct))?.ToGrant(),
            ApiKeyKind.User => (await databases.FindAnywhereAsync<UserRow>(OfUser, args, r => r.TenantId, hint, ct))?.ToGrant(permissions),
            ApiKeyKind.Invitation => (await databases.FindAnywhereAsync<InvitationRow>(OfInvitation, args, r => r.TenantId, hint, ct))?.ToGrant(),
            ApiKeyKind.Operator => (await databases.First.System.QueryAsync<int>(IsOperator, args, ct)) is [1] ? KeyGrant.Operator : null,
            _ => null, // what goes in a body is no bearer
        };
    }

    /// <summary>A key's last use is a visible change of it, so its revision goes along.</summary>
    public async Task WriteLastUsedAsync(IReadOnlyList<KeyUsed> used, CancellationToken ct)
    {
        foreach (var keys in used.GroupBy(key => databases.Of(key.TenantId)))
            await keys.Key.System.InTransactionAsync(async transaction =>
            {
                foreach (var key in keys) await transaction.ExecuteAsync(TouchKey, key, ct);
            }, ct);
    }

    private sealed record Row
    {
        public required int TenantId { get; init; }
        public required byte[] Id { get; init; }
        public required string Name { get; init; }
        public required string Scopes { get; init; }
        public required bool IsTest { get; init; }
        public required bool IsPublishable { get; init; }
        public required string? Origins { get; init; }
        public required string? AllowedOrigins { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }

        public KeyGrant ToGrant() => new()
        {
            Kind = (IsPublishable, IsTest) switch
            {
                (true, true) => ApiKeyKind.PublishableTest,
                (true, _) => ApiKeyKind.PublishableLive,
                (_, true) => ApiKeyKind.Test,
                _ => ApiKeyKind.Live,
            },
            TenantId = TenantId,
            KeyId = new Guid(Id, bigEndian: true),
            Name = Name,
            Scopes = ScopeSet.Parse(Scopes),
            ExpiresAt = ExpiresAt,
            Origins = OriginSet.Parse(IsPublishable ? Origins : AllowedOrigins),
        };
    }

    private sealed record UserRow
    {
        public required int TenantId { get; init; }
        public required byte[] SessionId { get; init; }
        public required byte[] UserId { get; init; }
        public required byte[] PersonId { get; init; }
        public required string Name { get; init; }
        public required string Email { get; init; }
        public required Role Role { get; init; }
        public required bool IsTest { get; init; }
        public required string? AllowedOrigins { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }

        public KeyGrant ToGrant(RolePermissions permissions) => new()
        {
            Kind = ApiKeyKind.User,
            TenantId = TenantId,
            KeyId = new Guid(SessionId, bigEndian: true),
            Name = Name,
            Scopes = permissions.ScopesOf(Role),
            ExpiresAt = ExpiresAt,
            IsTest = IsTest,
            Origins = OriginSet.Parse(AllowedOrigins),
            User = new SignedInUser { UserId = new Guid(UserId, bigEndian: true), PersonId = new Guid(PersonId, bigEndian: true), Email = Email, Role = Role },
        };
    }

    private sealed record InvitationRow
    {
        public required int TenantId { get; init; }
        public required byte[] Id { get; init; }
        public required string Email { get; init; }
        public required bool IsTest { get; init; }
        public required string? AllowedOrigins { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }

        public KeyGrant ToGrant() => new()
        {
            Kind = ApiKeyKind.Invitation,
            TenantId = TenantId,
            KeyId = new Guid(Id, bigEndian: true),
            Name = Email,
            Scopes = ScopeSet.None,
            ExpiresAt = ExpiresAt,
            IsTest = IsTest,
            Origins = OriginSet.Parse(AllowedOrigins),
        };
    }

    private static readonly SystemSql ByHash = SystemSql.Of("""
        SELECT k.TenantId, k.Id, k.Name, k.Scopes, k.ExpiresAt, k.IsPublishable, k.Origins, t.IsTest, t.AllowedOrigins
        FROM ApiKeys k
        JOIN Tenants t ON t.TenantId = k.TenantId
        WHERE k.Hash = @Hash
          AND k.RevokedAt IS NULL
        """);

    // The role is read with the token: a change of it is in force when the answer that is believed now has aged.
    private static readonly SystemSql OfUser = SystemSql.Of("""
        SELECT k.TenantId, k.SessionId, k.ExpiresAt, u.Id AS UserId, u.PersonId, u.Name, u.Email, u.Role, t.IsTest, t.AllowedOrigins
        FROM SessionTokens k
        JOIN Sessions s ON s.TenantId = k.TenantId AND s.Id = k.SessionId
        JOIN Users u ON u.TenantId = s.TenantId AND u.Id = s.UserId
        JOIN Tenants t ON t.TenantId = k.TenantId
        WHERE k.Hash = @Hash
          AND k.IsRefresh = 0
          AND s.EndedAt IS NULL
        """);

    private static readonly SystemSql OfInvitation = SystemSql.Of("""
        SELECT i.TenantId, i.Id, i.Email, i.ExpiresAt, t.IsTest, t.AllowedOrigins
        FROM Invitations i
        JOIN Tenants t ON t.TenantId = i.TenantId
        WHERE i.Hash = @Hash
        """);

    private static readonly SystemSql IsOperator = SystemSql.Of("SELECT 1 FROM OperatorKeys WHERE Hash = @Hash");

    private static readonly SystemSql TouchKey = SystemSql.Of("""
        UPDATE ApiKeys
        SET LastUsedAt = @UsedAt, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @KeyId
          AND (LastUsedAt IS NULL OR LastUsedAt < @UsedAt)
        """);
}

internal sealed record KeyUsed(int TenantId, byte[] KeyId, DateTimeOffset UsedAt);
