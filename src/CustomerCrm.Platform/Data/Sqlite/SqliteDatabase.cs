using System.Collections.Concurrent;
using System.Data.Common;
using CustomerCrm.Platform.Problems;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerCrm.Platform.Data.Sqlite;

/// <summary>
/// SQLite in a file that this process owns: many readers beside one writer (WAL). Durable to power loss
/// (synchronous FULL), and what is deleted is overwritten (secure_delete).
/// </summary>
internal sealed class SqliteDatabase(string connectionString) : Database
{
    private const int Busy_ = 5, Locked = 6, IoError = 10, DiskFull = 13, UniqueConstraint = 2067, PrimaryKeyConstraint = 1555;

    // SQLITE_CONFIG_STMTJRNL_SPILL: from how many bytes on what a savepoint must remember goes into a file.
    private const int SavepointMemory = 26, MostSavepointMemory = 8 << 20;

    // Each connection is used by one request at a time, so SQLite need not lock it; and its count of allocated memory, which
    // nobody reads, is a lock that all connections share. Only before SQLite is first used; later it says no, harmlessly.
    static SqliteDatabase()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        raw.sqlite3_config(SavepointMemory, MostSavepointMemory);
    }

    private readonly ConcurrentBag<PreparingConnection> readers = [];
    private readonly Lock starting = new();
    private SqliteWriter? writer;

    internal override string Name => "sqlite";
    internal override string TextOf(Sql sql) => sql.Sqlite;
    internal override string TopClause => "LIMIT @Take";

    public override string? FileName => new SqliteConnectionStringBuilder(connectionString) is { Mode: not SqliteOpenMode.Memory, DataSource: { Length: > 0 } name } && name != ":memory:"
        ? Path.GetFullPath(name)
        : null;

    internal override async ValueTask<DbConnection> RentReaderAsync(int tenantId, CancellationToken ct)
    {
        if (readers.TryTake(out var reader)) return reader;
        reader = await OpenAsync(ct);
        Run(reader, "PRAGMA query_only = ON");
        return reader;
    }

    internal override ValueTask ReturnAsync(DbConnection reader)
    {
        readers.Add((PreparingConnection)reader);
        return ValueTask.CompletedTask;
    }

    internal override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection reader, CancellationToken ct) =>
        ValueTask.FromResult<DbTransaction>(((PreparingConnection)reader).Inner.BeginTransaction(deferred: true));

    internal override Task WriteAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken ct) => Writer.RunAsync(work, ct);

    internal override Task<int> ExecuteAsync(DbConnection connection, DbTransaction transaction, TenantSql sql, object? args, int tenantId, TimeSpan? atMost, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        // A statement with conditions of its own is seldom the same twice.
        return sql.Values.Count == 0 && ((PreparingConnection)connection).Statement(sql.Sqlite).TryRun(tenantId, args, out var changed)
            ? Task.FromResult(changed)
            : base.ExecuteAsync(connection, transaction, sql, args, tenantId, atMost, ct);
    }

    internal override Task InsertManyAsync(DbConnection connection, DbTransaction transaction, TenantSql insert, int tenantId, IReadOnlyList<object> rows, CancellationToken ct)
    {
        var statement = ((PreparingConnection)connection).Statement(insert.Sqlite);
        foreach (var row in rows)
            if (!statement.TryRun(tenantId, row, out _)) throw new NotSupportedException($"A {row.GetType()} has no form in SQLite here: {insert.Sqlite}");
        return Task.CompletedTask;
    }

    internal override bool WritersTakeTurns => true;

    internal override bool AnotherWriterWaits => writer?.HasWaiting == true;

    internal override async Task<DbConnection> ConnectAsync(CancellationToken ct) => await OpenAsync(ct);

    // VACUUM INTO reads as of one moment and leaves behind what was deleted.
    internal override async Task CopyToAsync(string file, CancellationToken ct)
    {
        await using (var connection = await OpenAsync(ct))
        {
            await using var copy = connection.Inner.CreateCommand();
            (copy.CommandText, copy.CommandTimeout) = ("VACUUM INTO $file", 0);
            copy.Parameters.AddWithValue("$file", file);
            await copy.ExecuteNonQueryAsync(ct);
        }
        await using var written = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        await written.OpenAsync(ct);
        await using var check = written.CreateCommand();
        (check.CommandText, check.CommandTimeout) = ("PRAGMA quick_check", 0);
        if (await check.ExecuteScalarAsync(ct) is not "ok") throw new IOException("The copy is not whole.");
    }

    internal override bool IsDuplicateKey(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: UniqueConstraint or PrimaryKeyConstraint };

    internal override ApiProblem? ProblemOf(DbException exception) => exception is not SqliteException e ? null : e.SqliteErrorCode switch
    {
        Busy_ or Locked or IoError => Busy(e),
        DiskFull => Full(e),
        _ => null,
    };

    public override async ValueTask DisposeAsync()
    {
        if (writer is not null) await writer.DisposeAsync();
        while (readers.TryTake(out var reader)) await reader.DisposeAsync();
    }

    private SqliteWriter Writer
    {
        get
        {
            if (writer is not null) return writer;
            lock (starting) return writer ??= new SqliteWriter(OpenWriterAsync);
        }
    }

    // A page that many rows of a load go into stays in memory until the commit, however many there are. The cache is small for all that, and
    // what is not in it mostly in the system's: SQLite goes through all of it at every commit after which a tree was balanced, as long as the
    // file is under a gigabyte. Never to spill also keeps anything from the log that a rollback would take back, as SqliteWholeCommits needs it.
    private async Task<PreparingConnection> OpenWriterAsync()
    {
        var connection = await OpenAsync(CancellationToken.None, SqliteWholeCommits.Name);
        Run(connection, "PRAGMA cache_spill = OFF; PRAGMA cache_size = -8000");
        if (SqliteWholeCommits.Name is not null) RememberInOnePiece(connection);
        return connection;
    }

    // What a savepoint must remember to be undone lies in one piece of memory, and goes into a file, beside the database, only beyond that; said to
    // stay in memory, SQLite would keep it in pieces of a kilobyte, and asking for them and giving them back took a third of the time of a write.
    private static void RememberInOnePiece(PreparingConnection connection)
    {
        if (Path.GetDirectoryName(raw.sqlite3_db_filename(connection.Inner.Handle!, "main").utf8_to_string()) is not { Length: > 0 } folder) return;
        try
        {
            Run(connection, $"PRAGMA temp_store_directory = '{folder.Replace("'", "''", StringComparison.Ordinal)}'; PRAGMA temp_store = FILE");
        }
        catch (SqliteException) // SQLite does not believe that it may write there: then all of it stays in memory, as elsewhere
        {
        }
    }

    private async Task<PreparingConnection> OpenAsync(CancellationToken ct, string? files = null)
    {
        var options = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, Vfs = files };
        var connection = new SqliteConnection(options.ConnectionString) { DefaultTimeout = 5 };
        await connection.OpenAsync(ct);
        Run(connection, """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA secure_delete = ON;
            PRAGMA cache_size = -16000;
            PRAGMA temp_store = MEMORY;
            """);
        // A plan must not depend on the values it is run with: else SQLite plans every statement that ends in LIMIT @Take anew
        // each time, which costs more than reading the page.
        raw.sqlite3_db_config(connection.Handle!, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
        return new PreparingConnection(connection);
    }

    private static void Run(DbConnection connection, string pragmas)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Two constants of this file.
        command.CommandText = pragmas;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
