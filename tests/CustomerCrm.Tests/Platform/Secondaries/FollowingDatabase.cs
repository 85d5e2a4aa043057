using System.Data.Common;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Tests.Platform.Secondaries;

/// <summary>A copy of a SQLite file that may only be read, as of the last time it followed.</summary>
internal sealed class FollowingDatabase(Database primary, string folder) : Database
{
    private Database? copy;
    private int copies;

    /// <summary>Nobody gets a connection.</summary>
    public bool IsDown { get; set; }

    public async Task FollowAsync()
    {
        var file = Path.Combine(folder, $"copy-{++copies}.db");
        await primary.CopyToAsync(file, default);
        copy = For("Sqlite", $"Data Source={file}");
    }

    /// <summary>A connection is had, and then the statement fails.</summary>
    public async Task BreakAsync(SystemSql statement) => await Copy.System.ExecuteAsync(statement, null, default);

    private Database Copy => IsDown || copy is null ? throw new SqliteException("unable to open database file", 14) : copy;

    internal override string Name => primary.Name;
    internal override string TextOf(Sql sql) => primary.TextOf(sql);
    internal override string TopClause => primary.TopClause;
    internal override ValueTask<DbConnection> RentReaderAsync(int tenantId, CancellationToken ct) => Copy.RentReaderAsync(tenantId, ct);
    internal override ValueTask ReturnAsync(DbConnection reader) => reader.DisposeAsync();
    internal override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection reader, CancellationToken ct) => Copy.BeginSnapshotAsync(reader, ct);
    internal override Task WriteAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken ct) => throw new NotSupportedException("A secondary is read only.");
    internal override Task InsertManyAsync(DbConnection connection, DbTransaction transaction, TenantSql insert, int tenantId, IReadOnlyList<object> rows, CancellationToken ct) =>
        throw new NotSupportedException("A secondary is read only.");

    internal override Task<DbConnection> ConnectAsync(CancellationToken ct) => Copy.ConnectAsync(ct);
    internal override bool IsDuplicateKey(DbException exception) => primary.IsDuplicateKey(exception);
    internal override ApiProblem? ProblemOf(DbException exception) => primary.ProblemOf(exception);
    public override ValueTask DisposeAsync() => copy?.DisposeAsync() ?? ValueTask.CompletedTask;
}
