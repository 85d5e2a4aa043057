using System.Data.Common;
using Dapper;

namespace CustomerCrm.Platform.Data;

/// <summary>Sees every tenant. For the job worker, the sign-in and the bus; feature code has <see cref="TenantDb"/>.</summary>
internal sealed class SystemDb(Database database)
{
    public async Task<IReadOnlyList<T>> QueryAsync<T>(SystemSql sql, object? args, CancellationToken ct)
    {
        var reader = await database.RentReaderAsync(ct);
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
        await database.WriteAsync(async (connection, transaction) =>
            changed = await connection.ExecuteAsync(new CommandDefinition(database.TextOf(sql), args, transaction, cancellationToken: ct)), ct);
        return changed;
    }

    /// <summary>A statement that changes rows and answers with them: a claim.</summary>
    public async Task<IReadOnlyList<T>> ClaimAsync<T>(SystemSql sql, object? args, CancellationToken ct)
    {
        IReadOnlyList<T> claimed = [];
        await database.WriteAsync(async (connection, transaction) =>
            claimed = (await connection.QueryAsync<T>(new CommandDefinition(database.TextOf(sql), args, transaction, cancellationToken: ct))).AsList(), ct);
        return claimed;
    }

    /// <summary>Several statements, all or none.</summary>
    public Task InTransactionAsync(Func<SystemTransaction, Task> work, CancellationToken ct) =>
        database.WriteAsync((connection, transaction) => work(new SystemTransaction(database, connection, transaction)), ct);
}

internal sealed class SystemTransaction(Database database, DbConnection connection, DbTransaction transaction)
{
    public Task<int> ExecuteAsync(SystemSql sql, object? args, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(database.TextOf(sql), args, transaction, cancellationToken: ct));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(SystemSql sql, object? args, CancellationToken ct) =>
        (await connection.QueryAsync<T>(new CommandDefinition(database.TextOf(sql), args, transaction, cancellationToken: ct))).AsList();
}
