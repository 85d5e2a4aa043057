using System.Data.Common;
using System.Runtime.CompilerServices;
using CustomerCrm.Platform.Tenancy;
using Dapper;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// The only way feature code reaches the database. It lives as long as the request or job, holds one connection,
/// and puts the current tenant into every statement. Under <c>/v1</c> every writing request already runs in one transaction.
/// </summary>
public sealed partial class TenantDb(Databases databases, CurrentTenant tenant) : IAsyncDisposable
{
    private readonly List<(Func<CancellationToken, Task> Work, Action? Undone)> beforeCommit = [];
    private readonly List<Action> afterCommit = [];
    private DbConnection? reader;
    private DbConnection? connection;
    private DbTransaction? transaction;
    private bool isWriting;
    private int? shown; // whose rows the writing connection sees, where the database hides others
    private Database? home, open, rentedFrom; // the tenant's; whose transaction is open; whose the reader is

    public async Task<IReadOnlyList<T>> QueryAsync<T>(TenantSql sql, object? args, CancellationToken ct) =>
        await ReadAsync(async () => (await (await OpenAsync(ct)).QueryAsync<T>(Command(sql, Engine.TextOf(sql), args, ct))).AsList());

    /// <summary>The first rows of a statement that ends with its ORDER BY.</summary>
    public async Task<IReadOnlyList<T>> QueryTopAsync<T>(TenantSql sql, int take, object? args, CancellationToken ct) =>
        await ReadAsync(async () => (await (await OpenAsync(ct)).QueryAsync<T>(
            Command(sql, $"{Engine.TextOf(sql)}\n{Engine.TopClause}", args, ct, take))).AsList());

    /// <summary>The one row there is, or null. More than one is a bug.</summary>
    public async Task<T?> FindAsync<T>(TenantSql sql, object? args, CancellationToken ct) =>
        await ReadAsync(async () => await (await OpenAsync(ct)).QuerySingleOrDefaultAsync<T>(Command(sql, Engine.TextOf(sql), args, ct)));

    /// <summary>Row by row, for what does not fit in memory twice.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(TenantSql sql, object? args, [EnumeratorCancellation] CancellationToken ct)
    {
        var command = Command(sql, Engine.TextOf(sql), args, ct);
        await foreach (var row in (await OpenAsync(ct))
            .QueryUnbufferedAsync<T>(command.CommandText, command.Parameters, transaction).WithCancellation(ct)) yield return row;
    }

    /// <returns>How many rows changed.</returns>
    /// <exception cref="DuplicateKeyException">A unique index already holds these values.</exception>
    public Task<int> ExecuteAsync(TenantSql sql, object? args, CancellationToken ct) => isWriting ? ExecuteAsync(sql, args, atMost: null, ct) : ExecuteAloneAsync(sql, args, ct);

    private async Task<int> ExecuteAloneAsync(TenantSql sql, object? args, CancellationToken ct)
    {
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
            return await Engine.ExecuteAsync(await OpenAsync(ct), transaction!, sql, args, tenant.Id, atMost, ct);
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
        if (rows.Count > 0) await open!.InsertManyAsync(connection!, transaction!, insert, tenant.Id, rows, ct);
        return true;
    });

    /// <summary>
    /// How many rows a long piece of work should write before it looks whether <see cref="AnotherWriterWaits"/>: few where all writers take
    /// turns, so that nobody waits longer than a millisecond or two for it.
    /// </summary>
    public int RowsAtOnce => Engine.WritersTakeTurns ? 25 : 1000;

    /// <summary>Somebody waits for this transaction to end; what can be left for the next one should be.</summary>
    public bool AnotherWriterWaits => open is { AnotherWriterWaits: true };

    /// <summary>Everything inside happens, or nothing does. Inside another transaction it is a part of that one.</summary>
    public async Task InTransactionAsync(Func<Task> work, CancellationToken ct)
    {
        if (isWriting)
        {
            await work();
            return;
        }
        await EndLagAsync();
        await RunAsync(async () =>
        {
            var here = await HereAsync(ct);
            await here.WriteAsync((connection, transaction) => WriteAsync(here, connection, transaction, work, ct), ct);
            if (tenant.IsSet) here.Secondary?.Wrote(tenant.Id);
            return true;
        });
        afterCommit.ForEach(done => done());
    }

    /// <summary>Every read inside sees the same state of the database.</summary>
    public async Task<T> InSnapshotAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        if (isWriting || transaction is not null) return await work();
        return lagging is null ? await OfOneMomentAsync(work, ct) : await lagging.TryAsync(() => OfOneMomentAsync(work, ct));
    }

    private async Task<T> OfOneMomentAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        var connection = await OpenAsync(ct);
        await using var begun = await (lagging is { IsOpen: true } ? lagging.Source : rentedFrom!).BeginSnapshotAsync(connection, ct);
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
    /// <param name="work">Is run once, unless the transaction fails before.</param>
    /// <param name="undone">The transaction failed: what was noted for it is void. Whoever notes something for the end of a transaction forgets it here.</param>
    internal void BeforeCommit(Func<CancellationToken, Task> work, Action? undone = null)
    {
        if (!isWriting) throw new InvalidOperationException("There is no transaction to add to.");
        beforeCommit.Add((work, undone));
    }

    /// <summary>Runs when all is on the disk. For signals only: it may be lost with the process.</summary>
    public void AfterCommit(Action done) => afterCommit.Add(done);

    internal bool IsWriting => isWriting;

    // All are of one engine: what a statement's text is and what an error means, each of them knows.
    private Database Engine => databases.First;

    // That of the open transaction; else the tenant's, once there is one; until then, and for the installation itself, the directory.
    private async ValueTask<Database> HereAsync(CancellationToken ct) => open ?? home ?? (!tenant.IsSet ? databases.First
        : home = await databases.FindAsync(tenant.Id, ct) ?? throw new InvalidOperationException($"There is no tenant {tenant.Id}."));

    public async ValueTask DisposeAsync()
    {
        await EndLagAsync();
        if (reader is null) return;
        await rentedFrom!.ReturnAsync(reader);
        reader = null;
    }

    private async Task WriteAsync(Database here, DbConnection with, DbTransaction within, Func<Task> work, CancellationToken ct)
    {
        (isWriting, open, connection, transaction, shown) = (true, here, with, within, null);
        afterCommit.Clear();
        try
        {
            if (tenant.IsSet) await databases.CheckHeldAsync(AcrossTenants, tenant.Id, ct);
            await work();
            for (var i = 0; i < beforeCommit.Count; i++) await beforeCommit[i].Work(ct);
        }
        catch
        {
            foreach (var (_, undone) in beforeCommit) undone?.Invoke();
            afterCommit.Clear();
            throw;
        }
        finally
        {
            (isWriting, open, connection, transaction) = (false, null, null, null);
            beforeCommit.Clear();
        }
    }

    private ValueTask<DbConnection> OpenAsync(CancellationToken ct) => connection is not null && !Engine.HidesRows ? ValueTask.FromResult(connection) : FindConnectionAsync(ct);

    private async ValueTask<DbConnection> FindConnectionAsync(CancellationToken ct)
    {
        if (connection is null && lagging is not null && await lagging.OpenAsync(await HereAsync(ct), tenant.Id, ct) is { } behind) return behind;
        if (connection is null) return reader ??= await (rentedFrom = await HereAsync(ct)).RentReaderAsync(tenant.Id, ct);
        if (Engine.HidesRows) await ShowAsync(tenant.Id, ct);
        return connection;
    }

    private async ValueTask ShowAsync(int tenantId, CancellationToken ct)
    {
        if (!Engine.HidesRows || shown == tenantId) return;
        await open!.ShowAsync(connection!, transaction!, tenantId, ct);
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

    private Exception? SaidOf(DbException e) => Engine.IsDuplicateKey(e) ? new DuplicateKeyException(e) : Engine.ProblemOf(e);
}
