using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace CustomerCrm.Platform.Data.Secrets;

/// <summary>
/// Random keys that this installation made for itself: no default secret, nothing to configure. One is made at the first start, before any
/// request, and the others follow from it (HKDF, RFC 5869), so that none is ever written while somebody else writes.
/// </summary>
internal sealed class InstallationSecrets(SystemDb db, TimeProvider clock)
{
    private const string Root = "root";

    private readonly ConcurrentDictionary<string, byte[]> known = new();

    /// <param name="name">What it is for; never reused for something else.</param>
    /// <param name="ct">Cancels.</param>
    public async ValueTask<byte[]> GetAsync(string name, CancellationToken ct)
    {
        if (known.TryGetValue(name, out var secret)) return secret;
        if (!known.TryGetValue(Root, out var root)) root = await LoadAsync(ct);
        return known.GetOrAdd(name, _ => HKDF.DeriveKey(HashAlgorithmName.SHA256, root, 32, info: Encoding.UTF8.GetBytes(name)));
    }

    // Those that were written one by one hold on.
    private async Task<byte[]> LoadAsync(CancellationToken ct)
    {
        if (await ReadAsync(ct) is { } existing) return existing;
        await db.ExecuteAsync(InsertOnce, new { Name = Root, Value = RandomNumberGenerator.GetBytes(32), CreatedAt = clock.GetUtcNow() }, ct);
        return (await ReadAsync(ct))!; // another process may have been first
    }

    private async Task<byte[]?> ReadAsync(CancellationToken ct)
    {
        foreach (var stored in await db.QueryAsync<Stored>(All, null, ct)) known[stored.Name] = stored.Value;
        return known.GetValueOrDefault(Root);
    }

    private sealed record Stored
    {
        public required string Name { get; init; }
        public required byte[] Value { get; init; }
    }

    private static readonly SystemSql All = SystemSql.Of("SELECT Name, Value FROM InstallationSecrets");

    // SQL Server holds the place where it would stand, so that a second process waits and then finds it; SQLite has one writer.
    private static readonly SystemSql InsertOnce = SystemSql.Of(
        sqlServer: """
            INSERT INTO InstallationSecrets (Name, Value, CreatedAt)
            SELECT CAST(@Name AS NVARCHAR(50)), @Value, @CreatedAt
            WHERE NOT EXISTS (SELECT 1 FROM InstallationSecrets WITH (UPDLOCK, HOLDLOCK) WHERE Name = @Name)
            """,
        sqlite: """
            INSERT INTO InstallationSecrets (Name, Value, CreatedAt)
            SELECT CAST(@Name AS NVARCHAR(50)), @Value, @CreatedAt
            WHERE NOT EXISTS (SELECT 1 FROM InstallationSecrets WHERE Name = @Name)
            """);
}
