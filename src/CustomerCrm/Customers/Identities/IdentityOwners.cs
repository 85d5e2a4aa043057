using System.Text;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Customers.Identities;

/// <summary>Whose identities are. One look-up each, straight into the unique index.</summary>
internal sealed class IdentityOwners(TenantDb db)
{
    /// <returns>Those that are somebody's.</returns>
    public async Task<IReadOnlyList<OwnedIdentity>> FindAsync(IEnumerable<Identifier> identifiers, CancellationToken ct)
    {
        var owned = new List<OwnedIdentity>();
        foreach (var one in identifiers)
            if (await db.FindAsync<Row>(Owner, new { one.Kind, one.Source, ValueKey = one.KeyBytes }, ct) is { } row)
                owned.Add(new OwnedIdentity(row.CustomerId, one, row.IsVerified));
        return owned;
    }

    /// <summary>Many at once, some thousand in a statement.</summary>
    public async Task<Dictionary<Identifier, OwnedIdentity>> FindManyAsync(IReadOnlyCollection<Identifier> identifiers, CancellationToken ct)
    {
        var owned = new Dictionary<Identifier, OwnedIdentity>();
        foreach (var alike in identifiers.Distinct().GroupBy(i => (i.Kind, i.Source)))
            foreach (var some in alike.Chunk(AtOnce))
            {
                var byKey = some.ToDictionary(i => i.Key, StringComparer.Ordinal);
                var among = new { alike.Key.Kind, alike.Key.Source, Keys = string.Join(',', some.Select(i => Convert.ToHexString(i.KeyBytes))) };
                foreach (var row in await db.QueryAsync<KeyedRow>(Owners, among, ct))
                    owned[byKey[Encoding.UTF8.GetString(row.ValueKey)]] = new OwnedIdentity(row.CustomerId, byKey[Encoding.UTF8.GetString(row.ValueKey)], row.IsVerified);
            }
        return owned;
    }

    private const int AtOnce = 2000;

    private sealed record KeyedRow
    {
        public required Id<Customer> CustomerId { get; init; }
        public required bool IsVerified { get; init; }
        public required byte[] ValueKey { get; init; }
    }

    // All keys in one parameter, for a parameter each takes longer than the look into the index; the engines take a list apart differently.
    private static readonly TenantSql Owners = TenantSql.Of(
        sqlServer: """
            SELECT i.CustomerId, i.IsVerified, i.ValueKey
            FROM Identities i
            WHERE i.TenantId = @TenantId
              AND i.Kind = @Kind
              AND i.Source = @Source
              AND i.ValueKey IN (SELECT CONVERT(VARBINARY(800), k.value, 2) FROM STRING_SPLIT(@Keys, ',') k)
            """,
        sqlite: """
            SELECT i.CustomerId, i.IsVerified, i.ValueKey
            FROM Identities i
            WHERE i.TenantId = @TenantId
              AND i.Kind = @Kind
              AND i.Source = @Source
              AND i.ValueKey IN (SELECT unhex(k.value) FROM json_each('["' || replace(@Keys, ',', '","') || '"]') k)
            """);

    private sealed record Row
    {
        public required Id<Customer> CustomerId { get; init; }
        public required bool IsVerified { get; init; }
    }

    private static readonly TenantSql Owner = TenantSql.Of("""
        SELECT i.CustomerId, i.IsVerified
        FROM Identities i
        WHERE i.TenantId = @TenantId
          AND i.Kind = @Kind
          AND i.Source = @Source
          AND i.ValueKey = @ValueKey
        """);
}

/// <summary>An identifier, and the customer who has it.</summary>
public sealed record OwnedIdentity(Id<Customer> CustomerId, Identifier Identifier, bool IsVerified);
