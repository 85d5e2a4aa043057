using System.Data.Common;
using Dapper;

namespace CustomerCrm.Platform.Data;

/// <summary>Sees every tenant. For the job worker, the sign-in and the bus; feature code has <see cref="TenantDb"/>.</summary>
internal sealed class SystemDb(Database database)
{
    public async Task<IReadOnlyList<T>> QueryAsync<T>(SystemSql sql, object? args, CancellationToken ct)
    {
        var reader = await database.RentReaderAsync(Database.EveryTenant, ct);
        try
        {
            return (await reader.QueryAsync<T>(new CommandDefinition(database.TextOf(sql), args, cancellationToken: ct))).AsList();
        }
        finally
        {
            await database.ReturnAsync(reader);
        }
    }

    /// <returns>How many rows changed.</returns>
    public async Task<int> ExecuteAsync(SystemSql sql, object? args, CancellationToken ct)
    {
        var changed = 0;
        await InTransactionAsync(async within => changed = await within.ExecuteAsync(sql, args, ct), ct);
        return changed;
    }

    /// <summary>A statement that changes rows and answers with them: a claim.</summary>
    public async Task<IReadOnlyList<T>> ClaimAsync<T>(SystemSql sql, object? args, CancellationToken ct)
    {
        IReadOnlyList<T> claimed = [];
        await InTransactionAsync(async within => claimed = await within.QueryAsync<T>(sql, args, ct), ct);
        return claimed;
    }

    /// <summary>Several statements, all or none.</summary>
    public Task InTransactionAsync(Func<SystemTransaction, Task> work, CancellationToken ct) => database.WriteAsync(async (connection, transaction) =>
    {
        await database.ShowAsync(connection, transaction, Database.EveryTenant, ct);
        await work(new SystemTransaction(database, connection, transaction));
    }, ct);
}

/// <param name="database">Whose texts are used.</param>
/// <param name="connection">The one that writes.</param>
/// <param name="transaction">What is open on it.</param>
/// <param name="before">Makes the connection see every tenant, before each statement; null where it does so anyway.</param>
internal sealed class SystemTransaction(Database database, DbConnection connection, DbTransaction transaction, Func<CancellationToken, ValueTask>? before = null)
{
    public async Task<int> ExecuteAsync(SystemSql sql, object? args, CancellationToken ct)
    {
        if (before is not null) await before(ct);
        return await connection.ExecuteAsync(new CommandDefinition(database.TextOf(sql), args, transaction, cancellationToken: ct));
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(SystemSql sql, object? args, CancellationToken ct)
    {
        if (before is not null) await before(ct);
        return (await connection.QueryAsync<T>(new CommandDefinition(database.TextOf(sql), args, transaction, cancellationToken: ct))).AsList();
    }
}
