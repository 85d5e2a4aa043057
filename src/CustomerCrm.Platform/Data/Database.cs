using System.Data.Common;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Data;

/// <summary>The whole of what differs between the two engines, one file for each below it.</summary>
public abstract class Database : IAsyncDisposable
{
    /// <param name="engine"><c>Sqlite</c> or <c>SqlServer</c>.</param>
    /// <param name="connectionString">As the engine's driver takes it.</param>
    /// <exception cref="ArgumentException">There is no such engine.</exception>
    public static Database For(string engine, string connectionString) => engine switch
    {
        "SqlServer" => new SqlServerDatabase(connectionString),
        "Sqlite" => new SqliteDatabase(connectionString),
        _ => throw new ArgumentException($"Unknown database engine '{engine}'. Use SqlServer or Sqlite."),
    };

    internal abstract string Name { get; }

    /// <summary>The full path of the file that this process owns; null where the data is elsewhere.</summary>
    public virtual string? FileName => null;

    internal abstract string TextOf(Sql sql);

    /// <summary>Goes after an ORDER BY and leaves the first @Take rows.</summary>
    internal abstract string TopClause { get; }

    internal abstract ValueTask<DbConnection> RentReaderAsync(CancellationToken ct);

    internal abstract ValueTask ReturnAsync(DbConnection reader);

    /// <summary>A transaction in which every read sees the same state, whatever is committed meanwhile.</summary>
    internal abstract ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection reader, CancellationToken ct);

    /// <summary>Everything <paramref name="work"/> does is committed, durably, when the task ends; if it throws, nothing is.</summary>
    internal abstract Task WriteAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken ct);

    /// <summary>A connection of one's own, outside every pool: for migrations.</summary>
    internal abstract Task<DbConnection> ConnectAsync(CancellationToken ct);

    internal abstract bool IsDuplicateKey(DbException exception);

    /// <summary>What a caller should hear when the database is busy (503) or full (507); null for what is a bug of ours.</summary>
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
