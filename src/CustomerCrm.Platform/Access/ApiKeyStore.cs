using System.Diagnostics.Metrics;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Access;

/// <summary>The keys in the database. Each read is counted (<c>crm.api_keys.reads</c>): garbage must cause none.</summary>
internal sealed class ApiKeyStore(SystemDb db, IMeterFactory meters)
{
    private readonly Counter<long> reads = meters.Create("CustomerCrm.Access").CreateCounter<long>("crm.api_keys.reads");

    /// <returns>Null for a key that does not exist or is revoked.</returns>
    public async Task<KeyGrant?> FindAsync(ApiKeyKind kind, KeyHash hash, CancellationToken ct)
    {
        reads.Add(1);
        if (kind == ApiKeyKind.Operator)
            return (await db.QueryAsync<int>(IsOperator, new { Hash = hash.ToBytes() }, ct)) is [1] ? KeyGrant.Operator : null;

        return await db.QueryAsync<Row>(ByHash, new { Hash = hash.ToBytes() }, ct) is [var row] ? row.ToGrant() : null;
    }

    /// <summary>A key's last use is a visible change of it, so its revision goes along.</summary>
    public Task WriteLastUsedAsync(IReadOnlyList<KeyUsed> used, CancellationToken ct) => db.InTransactionAsync(async transaction =>
    {
        foreach (var key in used) await transaction.ExecuteAsync(TouchKey, key, ct);
    }, ct);

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

    private static readonly SystemSql ByHash = SystemSql.Of("""
        SELECT k.TenantId, k.Id, k.Name, k.Scopes, k.ExpiresAt, k.IsPublishable, k.Origins, t.IsTest, t.AllowedOrigins
        FROM ApiKeys k
        JOIN Tenants t ON t.TenantId = k.TenantId
        WHERE k.Hash = @Hash
          AND k.RevokedAt IS NULL
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
