using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CustomerCrm.Platform.Data;

/// <summary>Random keys that this installation made for itself the first time it needed them: no default secret, nothing to configure.</summary>
internal sealed class InstallationSecrets(SystemDb db, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, byte[]> known = new();

    public async ValueTask<byte[]> GetAsync(string name, CancellationToken ct) =>
        known.TryGetValue(name, out var secret) ? secret : known.GetOrAdd(name, await FindOrMakeAsync(name, ct));

    private async Task<byte[]> FindOrMakeAsync(string name, CancellationToken ct)
    {
        if (await db.QueryAsync<byte[]>(ByName, new { Name = name }, ct) is [var existing]) return existing;
        await db.ExecuteAsync(InsertOnce, new { Name = name, Value = RandomNumberGenerator.GetBytes(32), CreatedAt = clock.GetUtcNow() }, ct);
        return (await db.QueryAsync<byte[]>(ByName, new { Name = name }, ct)).Single(); // another process may have been first
    }

    private static readonly SystemSql ByName = SystemSql.Of("SELECT Value FROM InstallationSecrets WHERE Name = @Name");

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
