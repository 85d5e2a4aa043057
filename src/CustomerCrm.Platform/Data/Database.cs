using System.Data.Common;
using CustomerCrm.Platform.Data.Secondaries;
using CustomerCrm.Platform.Data.SqlServer;
using CustomerCrm.Platform.Data.Sqlite;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Problems;
using Dapper;

namespace CustomerCrm.Platform.Data;

/// <summary>The whole of what differs between the two engines, one file for each below it.</summary>
public abstract class Database : IAsyncDisposable
{
    /// <param name="engine"><c>Sqlite</c> or <c>SqlServer</c>.</param>
    /// <param name="connectionString">As the engine's driver takes it.</param>
    /// <param name="rowLevelSecurity">Whether SQL Server itself hides other tenants' rows, beside us.</param>
    /// <param name="place">What the map of tenants calls it.</param>
    /// <exception cref="ArgumentException">There is no such engine, or it cannot do that.</exception>
    public static Database For(string engine, string connectionString, bool rowLevelSecurity = false, string place = Main) => engine switch
    {
        "SqlServer" => new SqlServerDatabase(connectionString, rowLevelSecurity) { Place = place },
        "Sqlite" when rowLevelSecurity => throw new ArgumentException("Row-level security needs SQL Server: SQLite has none."),
        "Sqlite" => new SqliteDatabase(connectionString) { Place = place },
        _ => throw new ArgumentException($"Unknown database engine '{engine}'. Use SqlServer or Sqlite."),
    };

    /// <summary>What the first database is called in the map of tenants.</summary>
    public const string Main = "main";

    /// <summary>Its name in the map of tenants.</summary>
    public string Place { get; private init; } = Main;

    /// <summary>Where reads may go that may be old; null where there is none.</summary>
    internal Secondary? Secondary { get; set; }

    /// <summary>Sees every tenant that is in it.</summary>
    internal SystemDb System => system ??= new SystemDb(this);

    private SystemDb? system;

    /// <summary>In place of a tenant, for work that is nobody's.</summary>
    internal const int EveryTenant = -1;

    internal abstract string Name { get; }

    /// <summary>Whether the database itself hides the rows of other tenants, and so must be told for whom a connection works.</summary>
    internal virtual bool HidesRows => false;

    /// <summary>The full path of the file that this process owns; null where the data is elsewhere.</summary>
    public virtual string? FileName => null;

    internal abstract string TextOf(Sql sql);

    /// <summary>Goes after an ORDER BY and leaves the first @Take rows.</summary>
    internal abstract string TopClause { get; }

    /// <param name="tenantId">Whose rows it will see, or <see cref="EveryTenant"/>.</param>
    /// <param name="ct">Cancels.</param>
    internal abstract ValueTask<DbConnection> RentReaderAsync(int tenantId, CancellationToken ct);

    internal abstract ValueTask ReturnAsync(DbConnection reader);

    /// <summary>A transaction in which every read sees the same state, whatever is committed meanwhile.</summary>
    internal abstract ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection reader, CancellationToken ct);

    /// <summary>
    /// Everything <paramref name="work"/> does is committed, durably, when the task ends; if it throws, nothing is.
    /// Where rows are hidden it sees none until <see cref="ShowAsync"/>.
    /// </summary>
    internal abstract Task WriteAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken ct);

    /// <summary>A statement that changes rows, inside a transaction.</summary>
    /// <returns>How many rows changed.</returns>
    internal virtual Task<int> ExecuteAsync(DbConnection connection, DbTransaction transaction, TenantSql sql, object? args, int tenantId, TimeSpan? atMost, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(TextOf(sql), new TenantParameters(args, sql.Values, take: null, tenantId), transaction, (int?)atMost?.TotalSeconds, cancellationToken: ct));

    /// <summary>Many rows of one table, the quickest way there is. The rows are all of one type.</summary>
    internal abstract Task InsertManyAsync(DbConnection connection, DbTransaction transaction, TenantSql insert, int tenantId, IReadOnlyList<object> rows, CancellationToken ct);

    /// <summary>True where all writers wait while one writes, so that a long transaction is felt by everybody.</summary>
    internal virtual bool WritersTakeTurns => false;

    /// <summary>Where writers take turns: whether another one waits for this one to end. Asked inside a transaction only.</summary>
    internal virtual bool AnotherWriterWaits => false;

    /// <summary>From now on the writing connection sees the rows of this tenant, or of <see cref="EveryTenant"/>.</summary>
    internal virtual Task ShowAsync(DbConnection connection, DbTransaction transaction, int tenantId, CancellationToken ct) => Task.CompletedTask;

    /// <summary>After the migrations: new tables are hidden too.</summary>
    internal virtual Task ProtectAsync(DbConnection connection, CancellationToken ct) => Task.CompletedTask;

    /// <summary>A connection of one's own, outside every pool, that sees every tenant: for migrations.</summary>
    internal abstract Task<DbConnection> ConnectAsync(CancellationToken ct);

    /// <summary>Writes a copy as of one moment into a new file, and checks it, while others write on.</summary>
    /// <exception cref="NotSupportedException">The data is not in a file of ours.</exception>
    internal virtual Task CopyToAsync(string file, CancellationToken ct) => throw new NotSupportedException("Only a SQLite file is copied by the program.");

    internal abstract bool IsDuplicateKey(DbException exception);

    /// <summary>What a caller should hear when the database is busy (503) or full (507), or what is referred to went away (409); null for what is a bug of ours.</summary>
    internal abstract ApiProblem? ProblemOf(DbException exception);

    private protected static ApiProblem Busy(Exception inner)
    {
        Telemetry.DatabaseWasBusy();
        return ApiProblem.Other(503, "database_busy", "The database is busy. Nothing was changed; try again.", TimeSpan.FromSeconds(1), inner);
    }

    private protected static ApiProblem Full(Exception inner) =>
        ApiProblem.Other(507, "storage_full", "There is no room to store this. Nothing was changed.", TimeSpan.FromSeconds(60), inner);

    public abstract ValueTask DisposeAsync();
}

/// <summary>A unique index already holds these values. Feature code may catch it where a race decides; else it is a 409.</summary>
public sealed class DuplicateKeyException(Exception inner) : Exception("There is one like this already.", inner);
