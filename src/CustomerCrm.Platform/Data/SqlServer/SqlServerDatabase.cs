using System.Data;
using System.Data.Common;
using CustomerCrm.Platform.Problems;
using Dapper;
using Microsoft.Data.SqlClient;

namespace CustomerCrm.Platform.Data.SqlServer;

/// <summary>
/// SQL Server 2019 and later, Azure SQL, and what speaks its protocol. The driver pools the connections. Every statement is
/// written for READ COMMITTED, whether the database reads versions (READ_COMMITTED_SNAPSHOT) or waits for locks.
/// </summary>
internal sealed class SqlServerDatabase(string connectionString, bool hidesRows = false) : Database
{
    private const int Deadlock = 1205, Timeout = -2, FilegroupFull = 1105, LogFull = 9002, DiskFull = 1101, ReferenceBroken = 547;
    private bool? keepsVersions;

    internal override string Name => "sqlserver";
    internal override bool HidesRows => hidesRows;
    internal override string TextOf(Sql sql) => sql.SqlServer;
    internal override string TopClause => "OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY";

    internal override async ValueTask<DbConnection> RentReaderAsync(int tenantId, CancellationToken ct) => await OpenAsync(tenantId, isForGood: true, ct);

    internal override ValueTask ReturnAsync(DbConnection reader) => reader.DisposeAsync();

    // SNAPSHOT where the database allows it: nobody waits. Else REPEATABLE READ, which locks what it reads until the end (so it is kept
    // for short, bounded reads) and may see a row that is added in between.
    internal override async ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection reader, CancellationToken ct)
    {
        keepsVersions ??= await reader.ExecuteScalarAsync<int>(new CommandDefinition(AllowsSnapshot.SqlServer, cancellationToken: ct)) == 1;
        return await reader.BeginTransactionAsync(keepsVersions.Value ? IsolationLevel.Snapshot : IsolationLevel.RepeatableRead, ct);
    }

    internal override async Task WriteAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken ct)
    {
        await using var connection = await OpenAsync(tenantId: null, isForGood: false, ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        await work(connection, transaction);
        await transaction.CommitAsync(CancellationToken.None); // past this point only the outcome counts
    }

    // Constraints are checked, as every INSERT does; SqlBulkCopy by itself would not.
    internal override async Task InsertManyAsync(DbConnection connection, DbTransaction transaction, TenantSql insert, int tenantId, IReadOnlyList<object> rows, CancellationToken ct)
    {
        var (shape, table) = (ManyRows.Of(insert), new DataTable());
        var readers = shape.ReadersFor(rows[0].GetType());
        var values = rows.Select(row => Array.ConvertAll(readers, read => read(row))).ToArray();
        table.Columns.Add(shape.Columns[0], typeof(int));
        for (var i = 0; i < readers.Length; i++)
            table.Columns.Add(shape.Columns[i + 1], values.Select(row => row[i]).FirstOrDefault(value => value is not null) switch { null => typeof(string), DateOnly => typeof(DateTime), var value => value.GetType() });
        foreach (var row in values)
            table.Rows.Add([tenantId, .. row.Select(value => value switch { null => DBNull.Value, DateOnly day => day.ToDateTime(TimeOnly.MinValue), _ => value })]);

        using var copy = new SqlBulkCopy((SqlConnection)connection, SqlBulkCopyOptions.CheckConstraints, (SqlTransaction)transaction) { DestinationTableName = shape.Table };
        foreach (var column in shape.Columns) copy.ColumnMappings.Add(column, column);
        await copy.WriteToServerAsync(table, ct);
    }

    internal override Task ShowAsync(DbConnection connection, DbTransaction transaction, int tenantId, CancellationToken ct) =>
        hidesRows ? RowLevelSecurity.TellAsync(connection, transaction, tenantId, isForGood: false, ct) : Task.CompletedTask;

    internal override Task ProtectAsync(DbConnection connection, CancellationToken ct) =>
        hidesRows ? RowLevelSecurity.RaiseAsync(connection, ct) : Task.CompletedTask;

    internal override async Task<DbConnection> ConnectAsync(CancellationToken ct) => await OpenAsync(EveryTenant, isForGood: false, ct);

    internal override bool IsDuplicateKey(DbException exception) => exception is SqlException { Number: 2601 or 2627 };

    // A reference breaks where two writers meet: one looked and found what the other took away before the first one wrote.
    internal override ApiProblem? ProblemOf(DbException exception) => exception is not SqlException e ? null : e.Number switch
    {
        Deadlock or Timeout => Busy(e),
        FilegroupFull or LogFull or DiskFull => Full(e),
        ReferenceBroken => ApiProblem.Conflict("changed_meanwhile", "Somebody else has deleted what this refers to. Nothing was changed; try again.", e),
        _ => null,
    };

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<SqlConnection> OpenAsync(int? tenantId, bool isForGood, CancellationToken ct)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(ct);
            if (hidesRows && tenantId is { } whose) await RowLevelSecurity.TellAsync(connection, transaction: null, whose, isForGood, ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static readonly SystemSql AllowsSnapshot = SystemSql.Of(
        sqlServer: "SELECT CASE WHEN snapshot_isolation_state = 1 THEN 1 ELSE 0 END FROM sys.databases WHERE database_id = DB_ID()",
        sqlite: "SELECT 1");
}
