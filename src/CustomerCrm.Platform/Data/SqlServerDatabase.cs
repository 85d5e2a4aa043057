using System.Data;
using System.Data.Common;
using CustomerCrm.Platform.Problems;
using Microsoft.Data.SqlClient;

namespace CustomerCrm.Platform.Data;

/// <summary>SQL Server 2019 and later, Azure SQL, and what speaks its protocol. The driver pools the connections.</summary>
internal sealed class SqlServerDatabase(string connectionString) : Database
{
    private const int Deadlock = 1205, Timeout = -2, FilegroupFull = 1105, LogFull = 9002, DiskFull = 1101;

    internal override string Name => "sqlserver";
    internal override string TextOf(Sql sql) => sql.SqlServer;
    internal override string TopClause => "OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY";

    internal override async ValueTask<DbConnection> RentReaderAsync(CancellationToken ct) => await ConnectAsync(ct);

    internal override ValueTask ReturnAsync(DbConnection reader) => reader.DisposeAsync();

    // Locks what it reads until the end: needs no database option, unlike SNAPSHOT. Kept for short, bounded reads.
    internal override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection reader, CancellationToken ct) =>
        reader.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);

    internal override async Task WriteAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        await work(connection, transaction);
        await transaction.CommitAsync(CancellationToken.None); // past this point only the outcome counts
    }

    internal override async Task<DbConnection> ConnectAsync(CancellationToken ct)
    {
        var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    internal override bool IsDuplicateKey(DbException exception) => exception is SqlException { Number: 2601 or 2627 };

    internal override ApiProblem? ProblemOf(DbException exception) => exception is not SqlException e ? null : e.Number switch
    {
        Deadlock or Timeout => Busy(e),
        FilegroupFull or LogFull or DiskFull => Full(e),
        _ => null,
    };

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
