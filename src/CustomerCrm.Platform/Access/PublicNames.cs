using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Platform.Access;

/// <summary>
/// Names by which tenants' public pages are known in addresses. They lead from outside into a tenant as tokens do, but are no secret: what they
/// open shows only what everybody may see.
/// </summary>
public sealed class PublicNames
{
    private readonly Databases databases;
    private readonly TenantDb db;
    private readonly CurrentTenant tenant;
    private readonly TimeProvider clock;

    internal PublicNames(Databases databases, TenantDb db, CurrentTenant tenant, TimeProvider clock) => (this.databases, this.db, this.tenant, this.clock) = (databases, db, tenant, clock);

    /// <summary>From then on the request is the tenant's whose name it is.</summary>
    /// <returns>False: it is nobody's.</returns>
    public async Task<bool> EnterAsync(EntryKind kind, string name, CancellationToken ct)
    {
        if (await OwnerAsync(kind, name, ct) is not { } owner || (tenant.IsSet && tenant.Id != owner)) return false;
        tenant.Set(owner);
        return true;
    }

    /// <summary>Makes it the current tenant's only name of this kind. Of two tenants that take one at the same moment, the earlier has it.</summary>
    /// <param name="kind">What it opens.</param>
    /// <param name="owner">Whose it is within the tenant.</param>
    /// <param name="name">Null: no name any more.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False: another tenant has it.</returns>
    public async Task<bool> TakeAsync(EntryKind kind, Guid owner, string? name, CancellationToken ct)
    {
        if (name is not null && await OwnerAsync(kind, name, ct) is { } other && other != tenant.Id) return false;
        await db.ExecuteAsync(Leave, new { Kind = (int)kind, OwnerId = owner.ToByteArray(bigEndian: true) }, ct);
        if (name is not null) await db.ExecuteAsync(Insert, new { Hash = HashOf(kind, name), Kind = (int)kind, OwnerId = owner.ToByteArray(bigEndian: true), Now = clock.GetUtcNow() }, ct);
        return true;
    }

    private async Task<int?> OwnerAsync(EntryKind kind, string name, CancellationToken ct) =>
        (await databases.FindAnywhereAsync<Row>(First, new { Hash = HashOf(kind, name), Kind = (int)kind }, found => found.TenantId, hint: null, ct))?.TenantId;

    // Apart from every token: nobody can make a name of one, nor a token of a name.
    private static byte[] HashOf(EntryKind kind, string name) => EntryTokens.HashOf($"name\n{kind}\n{name}");

    private sealed record Row
    {
        public required int TenantId { get; init; }
    }

    private static readonly SystemSql First = SystemSql.Of("""
        SELECT t.TenantId
        FROM EntryTokens t
        WHERE t.Hash = @Hash
          AND t.Kind = @Kind
          AND NOT EXISTS (SELECT 1 FROM EntryTokens e WHERE e.Hash = t.Hash AND e.Kind = t.Kind AND (e.CreatedAt < t.CreatedAt OR (e.CreatedAt = t.CreatedAt AND e.TenantId < t.TenantId)))
        """);

    private static readonly TenantSql Leave = TenantSql.Of("""
        DELETE FROM EntryTokens
        WHERE TenantId = @TenantId
          AND Kind = @Kind
          AND OwnerId = @OwnerId
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO EntryTokens (TenantId, Hash, Kind, OwnerId, ExpiresAt, CreatedAt)
        VALUES (@TenantId, @Hash, @Kind, @OwnerId, NULL, @Now)
        """);
}
