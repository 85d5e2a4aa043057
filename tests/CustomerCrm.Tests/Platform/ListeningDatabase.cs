using System.Data.Common;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Sqlite;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Tests.Platform;

/// <summary>SQLite that asks to be told whose rows it may show, as SQL Server with row-level security does, and remembers what it heard.</summary>
internal sealed class ListeningDatabase(SqliteDatabase inner) : Database
{
    /// <summary>For whom readers were rented, and whom the writing connection was shown, in that order of events.</summary>
    public List<(string What, int TenantId)> Heard { get; } = [];

    internal override string Name => inner.Name;
    internal override bool HidesRows => true;
    internal override string TextOf(Sql sql) => inner.TextOf(sql);
    internal override string TopClause => inner.TopClause;

    internal override ValueTask<DbConnection> RentReaderAsync(int tenantId, CancellationToken ct)
    {
        Heard.Add(("reads", tenantId));
        return inner.RentReaderAsync(tenantId, ct);
    }

    internal override Task ShowAsync(DbConnection connection, DbTransaction transaction, int tenantId, CancellationToken ct)
    {
        Heard.Add(("writes", tenantId));
        return Task.CompletedTask;
    }

    internal override ValueTask ReturnAsync(DbConnection reader) => inner.ReturnAsync(reader);
    internal override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection reader, CancellationToken ct) => inner.BeginSnapshotAsync(reader, ct);
    internal override Task WriteAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken ct) => inner.WriteAsync(work, ct);
    internal override Task InsertManyAsync(DbConnection connection, DbTransaction transaction, TenantSql insert, int tenantId, IReadOnlyList<object> rows, CancellationToken ct) =>
        inner.InsertManyAsync(connection, transaction, insert, tenantId, rows, ct);

    internal override Task<DbConnection> ConnectAsync(CancellationToken ct) => inner.ConnectAsync(ct);
    internal override bool IsDuplicateKey(DbException exception) => inner.IsDuplicateKey(exception);
    internal override ApiProblem? ProblemOf(DbException exception) => inner.ProblemOf(exception);
    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
