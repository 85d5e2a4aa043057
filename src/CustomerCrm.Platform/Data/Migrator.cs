using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// Runs the embedded Migrations/*.sql in name order, each once, and remembers what it ran with a checksum.
/// 0007_x.sql is for both engines; 0008_y.sqlserver.sql and 0008_y.sqlite.sql are the two halves of one migration.
/// Forward only: a migration that has run is never edited, the next one mends it.
/// </summary>
public sealed class Migrator(Database database, TimeProvider clock)
{
    /// <returns>The names of the migrations that ran now.</returns>
    /// <exception cref="MigrationEditedException">One that ran before has another text now.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(Assembly assembly, CancellationToken ct)
    {
        await using var connection = await database.ConnectAsync(ct);
        await connection.ExecuteAsync(database.TextOf(CreateJournal));
        var journal = (await connection.QueryAsync<(string Name, string Checksum)>(database.TextOf(WholeJournal))).ToDictionary();
        var ran = new List<string>();
        foreach (var script in ScriptsFor(assembly, database.Name))
        {
            // Most starts find all of it done, and then ask for no lock.
            if (journal.GetValueOrDefault(script.Name) == script.Checksum) continue;
            if (await RunOnceAsync(connection, script, ct)) ran.Add(script.Name);
        }
        await database.ProtectAsync(connection, ct);
        return ran;
    }

    // Two programs that start at once both come here: the second waits at the lock, then finds the journal written.
    private async Task<bool> RunOnceAsync(DbConnection connection, Script script, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(database.TextOf(LockJournal), transaction: transaction);
        var before = await connection.QuerySingleOrDefaultAsync<string>(database.TextOf(ChecksumOf), new { script.Name }, transaction);
        if (before is not null && before != script.Checksum) throw new MigrationEditedException(script.Name);
        if (before is null)
        {
            await connection.ExecuteAsync(script.Text, transaction: transaction, commandTimeout: 3600);
            await connection.ExecuteAsync(database.TextOf(Journal), new { script.Name, script.Checksum, AppliedAt = clock.GetUtcNow() }, transaction);
        }
        await transaction.CommitAsync(ct);
        return before is null;
    }

    internal static IEnumerable<Script> ScriptsFor(Assembly assembly, string engine) => assembly
        .GetManifestResourceNames()
        .Where(n => n.EndsWith($".{engine}.sql", StringComparison.Ordinal) || (n.EndsWith(".sql", StringComparison.Ordinal) && !IsForOneEngine(n)))
        .Order(StringComparer.Ordinal)
        .Select(n => Read(assembly, n, engine));

    private static Script Read(Assembly assembly, string resource, string engine)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        // The one word of the shared migrations that SQLite cannot read: there, text has no limit to begin with.
        if (engine == "sqlite") text = text.Replace("(MAX)", "", StringComparison.Ordinal);
        return new Script(resource[(resource.IndexOf(".Migrations.", StringComparison.Ordinal) + ".Migrations.".Length)..], text, checksum);
    }

    private static bool IsForOneEngine(string name) =>
        name.EndsWith(".sqlserver.sql", StringComparison.Ordinal) || name.EndsWith(".sqlite.sql", StringComparison.Ordinal);

    internal sealed record Script(string Name, string Text, string Checksum);

    private static readonly SystemSql CreateJournal = SystemSql.Of(
        sqlServer: """
            IF OBJECT_ID(N'Migrations') IS NULL
            CREATE TABLE Migrations (
                Name      NVARCHAR(200) NOT NULL,
                Checksum  NVARCHAR(64)  NOT NULL,
                AppliedAt DATETIME2(7)  NOT NULL,
                CONSTRAINT PK_Migrations PRIMARY KEY (Name)
            );
            """,
        sqlite: """
            CREATE TABLE IF NOT EXISTS Migrations (
                Name      NVARCHAR(200) NOT NULL,
                Checksum  NVARCHAR(64)  NOT NULL,
                AppliedAt DATETIME2(7)  NOT NULL,
                CONSTRAINT PK_Migrations PRIMARY KEY (Name)
            );
            """);

    // SQLite's transaction is immediate: it holds the file already.
    private static readonly SystemSql LockJournal = SystemSql.Of(
        sqlServer: "EXEC sp_getapplock @Resource = N'CustomerCrm.Migrations', @LockMode = N'Exclusive', @LockTimeout = 600000",
        sqlite: "SELECT 1");

    private static readonly SystemSql WholeJournal = SystemSql.Of("SELECT Name, Checksum FROM Migrations");

    private static readonly SystemSql ChecksumOf = SystemSql.Of("SELECT Checksum FROM Migrations WHERE Name = @Name");

    private static readonly SystemSql Journal = SystemSql.Of("""
        INSERT INTO Migrations (Name, Checksum, AppliedAt)
        VALUES (@Name, @Checksum, @AppliedAt)
        """);
}

/// <summary>A migration that ran before has been edited since: the database and the program disagree, so the program stops.</summary>
public sealed class MigrationEditedException(string name)
    : Exception($"Migration {name} was edited after it ran. Restore its text and put the change into a new migration.");
