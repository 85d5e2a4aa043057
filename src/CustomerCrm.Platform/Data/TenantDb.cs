using System.Data.Common;
using System.Runtime.CompilerServices;
using CustomerCrm.Platform.Tenancy;
using Dapper;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// The only way feature code reaches the database. It lives as long as the request or job, holds one connection,
/// and puts the current tenant into every statement. Under <c>/v1</c> every writing request already runs in one transaction.
/// </summary>
public sealed class TenantDb(Database database, CurrentTenant tenant) : IAsyncDisposable
{
    private readonly List<Func<CancellationToken, Task>> beforeCommit = [];
    private readonly List<Action> afterCommit = [];
    private DbConnection? reader;
    private DbConnection? connection;
    private DbTransaction? transaction;
    private bool isWriting;
    private int? shown; // whose rows the writing connection sees, where the database hides others

    public async Task<IReadOnlyList<T>> QueryAsync<T>(TenantSql sql, object? args, CancellationToken ct) =>
        await RunAsync(async () => (await (await OpenAsync(ct)).QueryAsync<T>(Command(sql, database.TextOf(sql), args, ct))).AsList());

    /// <summary>The first rows of a statement that ends with its ORDER BY.</summary>
    public async Task<IReadOnlyList<T>> QueryTopAsync<T>(TenantSql sql, int take, object? args, CancellationToken ct) =>
        await RunAsync(async () => (await (await OpenAsync(ct)).QueryAsync<T>(
            Command(sql, $"{database.TextOf(sql)}\n{database.TopClause}", args, ct, take))).AsList());

    /// <summary>The one row there is, or null. More than one is a bug.</summary>
    public async Task<T?> FindAsync<T>(TenantSql sql, object? args, CancellationToken ct) =>
        await RunAsync(async () => await (await OpenAsync(ct)).QuerySingleOrDefaultAsync<T>(Command(sql, database.TextOf(sql), args, ct)));

    /// <summary>Row by row, for what does not fit in memory twice.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(TenantSql sql, object? args, [EnumeratorCancellation] CancellationToken ct)
    {
        var command = Command(sql, database.TextOf(sql), args, ct);
        await foreach (var row in (await OpenAsync(ct))
            .QueryUnbufferedAsync<T>(command.CommandText, command.Parameters, transaction).WithCancellation(ct)) yield return row;
    }

    /// <returns>How many rows changed.</returns>
    /// <exception cref="DuplicateKeyException">A unique index already holds these values.</exception>
    public async Task<int> ExecuteAsync(TenantSql sql, object? args, CancellationToken ct)
    {
        if (isWriting) return await ExecuteAsync(sql, args, atMost: null, ct);
        var changed = 0;
        await InTransactionAsync(async () => changed = await ExecuteAsync(sql, args, ct), ct);
        return changed;
    }

    /// <summary>As <see cref="ExecuteAsync(TenantSql, object?, CancellationToken)"/> inside a transaction, but waits only so long for another writer's lock.</summary>
    /// <exception cref="Problems.ApiProblem">503: the lock was not to be had in that time.</exception>
    internal async Task<int> ExecuteAsync(TenantSql sql, object? args, TimeSpan? atMost, CancellationToken ct)
    {
        try
        {
            return await database.ExecuteAsync(await OpenAsync(ct), transaction!, sql, args, tenant.Id, atMost, ct);
        }
        catch (DbException e) when (SaidOf(e) is { } said)
        {
            throw said;
        }
    }

    /// <summary>The same statement for each of many rows.</summary>
    public async Task ExecuteEachAsync<T>(TenantSql sql, IEnumerable<T> rows, CancellationToken ct)
    {
        foreach (var row in rows) await ExecuteAsync(sql, row, ct);
    }

    /// <summary>
    /// The same <c>INSERT … VALUES</c> for each of many rows of one type, the quickest way the engine has: a prepared loop on SQLite, SqlBulkCopy on
    /// SQL Server. Inside a transaction only; of a row that cannot be written, nothing of the transaction may be kept.
    /// </summary>
    /// <exception cref="DuplicateKeyException">A unique index already holds some of the values.</exception>
    public Task InsertManyAsync<T>(TenantSql insert, IReadOnlyList<T> rows, CancellationToken ct) where T : class => RunAsync(async () =>
    {
        if (!isWriting) throw new InvalidOperationException("There is no transaction to write in.");
        if (rows.Count > 0) await database.InsertManyAsync(connection!, transaction!, insert, tenant.Id, rows, ct);
        return true;
    });

    /// <summary>
    /// How many rows a long piece of work should write before it looks whether <see cref="AnotherWriterWaits"/>: few where all writers take
    /// turns, so that nobody waits longer than a millisecond or two for it.
    /// </summary>
    public int RowsAtOnce => database.WritersTakeTurns ? 25 : 1000;

    /// <summary>Somebody waits for this transaction to end; what can be left for the next one should be.</summary>
    public bool AnotherWriterWaits => isWriting && database.AnotherWriterWaits;

    /// <summary>Everything inside happens, or nothing does. Inside another transaction it is a part of that one.</summary>
    public async Task InTransactionAsync(Func<Task> work, CancellationToken ct)
    {
        if (isWriting)
        {
            await work();
            return;
        }
        await RunAsync(async () =>
        {
            await database.WriteAsync((connection, transaction) => WriteAsync(connection, transaction, work, ct), ct);
            return true;
        });
        afterCommit.ForEach(done => done());
    }

    /// <summary>Every read inside sees the same state of the database.</summary>
    public async Task<T> InSnapshotAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        if (isWriting || transaction is not null) return await work();
        await using var begun = await database.BeginSnapshotAsync(await OpenAsync(ct), ct);
        transaction = begun;
        try
        {
            return await work();
        }
        finally
        {
            transaction = null;
        }
    }

    /// <summary>Runs last inside the transaction that is open: for what must be written when all else is known.</summary>
    internal void BeforeCommit(Func<CancellationToken, Task> work)
    {
        if (!isWriting) throw new InvalidOperationException("There is no transaction to add to.");
        beforeCommit.Add(work);
    }

    /// <summary>Runs when all is on the disk. For signals only: it may be lost with the process.</summary>
    public void AfterCommit(Action done) => afterCommit.Add(done);

    internal bool IsWriting => isWriting;

    /// <summary>The open transaction, without the tenant's wall: for what makes tenants.</summary>
    internal SystemTransaction AcrossTenants => isWriting
        ? new SystemTransaction(database, connection!, transaction!, ct => ShowAsync(Database.EveryTenant, ct))
        : throw new InvalidOperationException("There is no transaction to work in.");

    public async ValueTask DisposeAsync()
    {
        if (reader is null) return;
        await database.ReturnAsync(reader);
        reader = null;
    }

    private async Task WriteAsync(DbConnection with, DbTransaction within, Func<Task> work, CancellationToken ct)
    {
        (isWriting, connection, transaction, shown) = (true, with, within, null);
        afterCommit.Clear();
        try
        {
            await work();
            for (var i = 0; i < beforeCommit.Count; i++) await beforeCommit[i](ct);
        }
        finally
        {
            (isWriting, connection, transaction) = (false, null, null);
            beforeCommit.Clear();
        }
    }

    private async ValueTask<DbConnection> OpenAsync(CancellationToken ct)
    {
        if (connection is null) return reader ??= await database.RentReaderAsync(tenant.Id, ct);
        if (database.HidesRows) await ShowAsync(tenant.Id, ct);
        return connection;
    }

    private async ValueTask ShowAsync(int tenantId, CancellationToken ct)
    {
        if (!database.HidesRows || shown == tenantId) return;
        await database.ShowAsync(connection!, transaction!, tenantId, ct);
        shown = tenantId;
    }

    private CommandDefinition Command(TenantSql sql, string text, object? args, CancellationToken ct, int? take = null) =>
        new(text, new TenantParameters(args, sql.Values, take, tenant.Id), transaction, cancellationToken: ct);

    private async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException e) when (SaidOf(e) is { } said)
        {
            throw said;
        }
    }

    private Exception? SaidOf(DbException e) => database.IsDuplicateKey(e) ? new DuplicateKeyException(e) : database.ProblemOf(e);
}
