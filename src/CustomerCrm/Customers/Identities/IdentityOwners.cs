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
