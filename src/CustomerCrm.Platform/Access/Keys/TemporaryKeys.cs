using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Access.Keys;

/// <summary>
/// Keys for commands at the machine itself: whoever can open the database needs no other credential. Such a key does one thing
/// for one tenant, ends by itself, and is taken back when the command is done.
/// </summary>
public sealed class TemporaryKeys
{
    private const string AccountPrefix = "ten";
    private static readonly TimeSpan lasts = TimeSpan.FromHours(12);

    private readonly Databases databases;
    private readonly TimeProvider clock;

    internal TemporaryKeys(Databases databases, TimeProvider clock) => (this.databases, this.clock) = (databases, clock);

    /// <param name="tenant">The number of a data set, a tenant's id (its live data), or a tenant's name.</param>
    /// <param name="name">What the key is called in the list of keys.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null: no tenant is called so, or several are.</returns>
    public async Task<TemporaryKey?> MakeAsync(string tenant, string name, IEnumerable<string> scopes, CancellationToken ct)
    {
        var number = int.TryParse(tenant, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : 0;
        var account = Base32.TryRead(AccountPrefix, tenant, out var of) ? of.ToByteArray(bigEndian: true) : [];
        if (await databases.QueryEachAsync<DataSet>(Called, new { Number = number, Account = account, Name = tenant }, t => t.TenantId, ct) is not [var found]) return null;

        var (id, now, text) = (RisingGuid.Next(), clock.GetUtcNow(), ApiKeyText.Make(found.IsTest ? ApiKeyKind.Test : ApiKeyKind.Live));
        await databases.Of(found.TenantId).System.ExecuteAsync(Insert, new
        {
            found.TenantId,
            Id = id.ToByteArray(bigEndian: true),
            Name = name,
            Hash = ApiKeyText.HashOf(text),
            Hint = ApiKeyText.HintOf(text),
            Scopes = ScopeSet.Of(scopes).ToString(),
            CreatedAt = now,
            ExpiresAt = now + lasts,
        }, ct);
        return new TemporaryKey(found.TenantId, id, text);
    }

    public Task TakeBackAsync(TemporaryKey key, CancellationToken ct) =>
        databases.Of(key.TenantId).System.ExecuteAsync(Revoke, new { key.TenantId, Id = key.Id.ToByteArray(bigEndian: true), Now = clock.GetUtcNow() }, ct);

    private sealed record DataSet
    {
        public required int TenantId { get; init; }
        public required bool IsTest { get; init; }
    }

    private static readonly SystemSql Called = SystemSql.Of("""
        SELECT t.TenantId, t.IsTest
        FROM Tenants t
        WHERE t.TenantId = @Number
           OR (t.AccountId = @Account AND t.IsTest = 0)
           OR (@Number = 0 AND t.Name = @Name AND t.IsTest = 0)
        """);

    private static readonly SystemSql Insert = SystemSql.Of("""
        INSERT INTO ApiKeys (TenantId, Id, Name, Hash, Hint, Scopes, CreatedAt, ExpiresAt, Revision)
        VALUES (@TenantId, @Id, @Name, @Hash, @Hint, @Scopes, @CreatedAt, @ExpiresAt, 1)
        """);

    private static readonly SystemSql Revoke = SystemSql.Of("""
        UPDATE ApiKeys
        SET RevokedAt = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId AND Id = @Id AND RevokedAt IS NULL
        """);
}

/// <summary>A key for one command.</summary>
public sealed record TemporaryKey(int TenantId, Guid Id, string Text);
