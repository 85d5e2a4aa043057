using System.Text;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Storefronts.News;

/// <summary>What was heard last of each thing of a shop: webhooks come twice, late, and in any order.</summary>
internal sealed class StorefrontMarks(TenantDb db, TimeProvider clock)
{
    /// <summary>Whether this is not older than what is known, and not about something that was deleted. If so, it is what is known from now on.</summary>
    public async Task<bool> IsNewsAsync(Storefront storefront, MarkKind kind, string externalId, DateTimeOffset? changedAt, bool isRestored, CancellationToken ct)
    {
        var row = RowOf(storefront, kind, externalId, changedAt);
        if (await db.FindAsync<Mark>(Find, row, ct) is not { } known)
        {
            await db.ExecuteAsync(Insert, row, ct);
            return true;
        }
        if ((known.DeletedAt is not null && !isRestored) || changedAt < known.ChangedAt) return false;
        await db.ExecuteAsync(Move, row, ct);
        return true;
    }

    /// <summary>From now on nothing that is told of it is news, unless it is restored.</summary>
    public async Task DeleteAsync(Storefront storefront, MarkKind kind, string externalId, CancellationToken ct)
    {
        var row = RowOf(storefront, kind, externalId, changedAt: null);
        if (await db.FindAsync<Mark>(Find, row, ct) is null) await db.ExecuteAsync(Insert, row, ct);
        await db.ExecuteAsync(Delete, row, ct);
    }

    public Task TieAsync(Storefront storefront, string externalId, Guid customer, CancellationToken ct) =>
        db.ExecuteAsync(Tie, new { StorefrontId = storefront.Id, Kind = (int)MarkKind.Customer, ExternalKey = KeyOf(externalId), PersonId = customer.ToByteArray(bigEndian: true) }, ct);

    /// <summary>Who a customer of the shop is here, in the bin or not.</summary>
    public async Task<Guid?> PersonAsync(Storefront storefront, string externalId, CancellationToken ct) =>
        (await db.FindAsync<Mark>(Find, RowOf(storefront, MarkKind.Customer, externalId, null), ct))?.PersonId is { } id ? new Guid(id, bigEndian: true) : null;

    private object RowOf(Storefront storefront, MarkKind kind, string externalId, DateTimeOffset? changedAt) =>
        new { StorefrontId = storefront.Id, Kind = (int)kind, ExternalKey = KeyOf(externalId), ChangedAt = changedAt, Now = clock.GetUtcNow() };

    private static byte[] KeyOf(string externalId) => Encoding.UTF8.GetBytes(externalId);

    private sealed record Mark
    {
        public required DateTimeOffset? ChangedAt { get; init; }
        public required DateTimeOffset? DeletedAt { get; init; }
        public required byte[]? PersonId { get; init; }
    }

    // SQL Server holds the place, so that two deliveries about one thing come one after the other; SQLite has one writer.
    private static readonly TenantSql Find = TenantSql.Of(
        sqlServer: """
            SELECT m.ChangedAt, m.DeletedAt, m.PersonId
            FROM StorefrontMarks m WITH (UPDLOCK, HOLDLOCK)
            WHERE m.TenantId = @TenantId
              AND m.StorefrontId = @StorefrontId
              AND m.Kind = @Kind
              AND m.ExternalKey = @ExternalKey
            """,
        sqlite: """
            SELECT m.ChangedAt, m.DeletedAt, m.PersonId
            FROM StorefrontMarks m
            WHERE m.TenantId = @TenantId
              AND m.StorefrontId = @StorefrontId
              AND m.Kind = @Kind
              AND m.ExternalKey = @ExternalKey
            """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO StorefrontMarks (TenantId, StorefrontId, Kind, ExternalKey, ChangedAt)
        VALUES (@TenantId, @StorefrontId, @Kind, @ExternalKey, @ChangedAt)
        """);

    private static readonly TenantSql Move = TenantSql.Of("""
        UPDATE StorefrontMarks
        SET ChangedAt = COALESCE(@ChangedAt, ChangedAt), DeletedAt = NULL
        WHERE TenantId = @TenantId
          AND StorefrontId = @StorefrontId
          AND Kind = @Kind
          AND ExternalKey = @ExternalKey
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        UPDATE StorefrontMarks
        SET DeletedAt = @Now
        WHERE TenantId = @TenantId
          AND StorefrontId = @StorefrontId
          AND Kind = @Kind
          AND ExternalKey = @ExternalKey
        """);

    private static readonly TenantSql Tie = TenantSql.Of("""
        UPDATE StorefrontMarks
        SET PersonId = @PersonId
        WHERE TenantId = @TenantId
          AND StorefrontId = @StorefrontId
          AND Kind = @Kind
          AND ExternalKey = @ExternalKey
        """);
}

/// <summary>The numbers are stored.</summary>
internal enum MarkKind
{
    Customer = 1,
    Order = 2,
}
