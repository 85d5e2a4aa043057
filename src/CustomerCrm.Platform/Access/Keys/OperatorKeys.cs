using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Access.Keys;

/// <summary>The keys of the operator, who is above all tenants and may only create them. Made at the command line, never over HTTP.</summary>
public sealed class OperatorKeys
{
    private readonly SystemDb db;
    private readonly TimeProvider clock;

    internal OperatorKeys(SystemDb db, TimeProvider clock) => (this.db, this.clock) = (db, clock);

    /// <param name="replaceOthers">Whether the keys made before cease to work: at once, or within a second in a program that runs.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The key's text, for the only time.</returns>
    public async Task<string> CreateAsync(bool replaceOthers, CancellationToken ct)
    {
        var key = ApiKeyText.Make(ApiKeyKind.Operator);
        await db.InTransactionAsync(async transaction =>
        {
            if (replaceOthers) await transaction.ExecuteAsync(DeleteAll, null, ct);
            await transaction.ExecuteAsync(Insert, new { Hash = ApiKeyText.HashOf(key), CreatedAt = clock.GetUtcNow() }, ct);
        }, ct);
        return key;
    }

    private static readonly SystemSql DeleteAll = SystemSql.Of("DELETE FROM OperatorKeys");

    private static readonly SystemSql Insert = SystemSql.Of("INSERT INTO OperatorKeys (Hash, CreatedAt) VALUES (@Hash, @CreatedAt)");
}
