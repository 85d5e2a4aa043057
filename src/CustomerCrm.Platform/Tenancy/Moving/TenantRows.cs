using CustomerCrm.Platform.Data;
using Dapper;

namespace CustomerCrm.Platform.Tenancy.Moving;

/// <summary>Takes a tenant's rows out of a table, some at a time, so that others can write in between.</summary>
internal static class TenantRows
{
    public static async Task DeleteAsync(Database database, TenantTable table, int tenantId, int atOnce, CancellationToken ct)
    {
        // By its key, since not every table of SQLite has row numbers.
        var key = string.Join(", ", table.Key.Select(name => $"[{name}]"));
        var statement = database.FileName is null
            ? $"DELETE TOP (@Take) FROM {table.Name} WHERE TenantId = @TenantId"
            : $"DELETE FROM {table.Name} WHERE ({key}) IN (SELECT {key} FROM {table.Name} WHERE TenantId = @TenantId LIMIT @Take)";
        for (var gone = atOnce; gone > 0;)
        {
            await database.WriteAsync(async (connection, transaction) =>
            {
                await database.ShowAsync(connection, transaction, Database.EveryTenant, ct);
                gone = await connection.ExecuteAsync(new CommandDefinition(statement, new { TenantId = tenantId, Take = atOnce }, transaction, cancellationToken: ct));
            }, ct);
        }
    }
}
