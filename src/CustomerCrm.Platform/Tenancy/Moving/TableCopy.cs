using System.Data.Common;
using CustomerCrm.Platform.Data;
using Dapper;

namespace CustomerCrm.Platform.Tenancy.Moving;

/// <summary>
/// One tenant's rows of one table, in two databases of one engine. Twice does no harm: what is there is left there, so a move that was cut off goes on
/// where it was, and what changed since the last time is all that is written the next. The statements are made of the schema's names alone.
/// </summary>
internal sealed class TableCopy(TenantTable table, int tenantId)
{
    // Others write in between.
    private const int AtOnce = 200;

    private readonly string select = $"SELECT {string.Join(", ", table.Columns.Select(c => $"[{c.Name}]"))} FROM {table.Name} WHERE TenantId = @TenantId";
    private readonly string insert = $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns.Select(c => $"[{c.Name}]"))}) VALUES ({string.Join(", ", table.Columns.Index().Select(c => $"@v{c.Index}"))})";
    private readonly string delete = $"DELETE FROM {table.Name} WHERE {string.Join(" AND ", table.Columns.Index().Where(c => table.Key.Contains(c.Item.Name)).Select(c => $"[{c.Item.Name}] = @v{c.Index}"))}";

    public async Task<TableDigest> DigestAsync(DbConnection connection, DbTransaction? within, CancellationToken ct)
    {
        var digest = new TableDigest();
        await foreach (var row in RowsAsync(connection, within, ct)) digest = digest.With(RowDigest.Of(row));
        return digest;
    }

    /// <returns>How many rows were written or taken away; none, if both are the same.</returns>
    public async Task<long> BringAsync(DbConnection from, DbTransaction? within, Database to, CancellationToken ct)
    {
        var there = await InAsync(to, reader => DigestAsync(reader, null, ct), ct);
        if (there == await DigestAsync(from, within, ct)) return 0;

        var same = there.Rows == 0 ? [] : await InAsync(to, reader => DigestsAsync(reader, ct), ct);
        var stale = new HashSet<UInt128>(same);
        if (stale.Count > 0)
            await foreach (var row in RowsAsync(from, within, ct)) stale.Remove(RowDigest.Of(row));
        var written = stale.Count == 0 ? 0 : await TakeAwayAsync(to, stale, ct);

        var missing = new List<object?[]>(AtOnce);
        await foreach (var row in RowsAsync(from, within, ct))
        {
            if (same.Contains(RowDigest.Of(row))) continue;
            missing.Add(row);
            if (missing.Count == AtOnce) written += await WriteAsync(to, insert, missing, ct);
        }
        return written + await WriteAsync(to, insert, missing, ct);
    }

    /// <summary>The rows that the other database has no more, or otherwise. What hangs on them goes too, and is brought behind them.</summary>
    private async Task<long> TakeAwayAsync(Database to, HashSet<UInt128> stale, CancellationToken ct)
    {
        var rows = await InAsync(to, async reader =>
        {
            var found = new List<object?[]>();
            await foreach (var row in RowsAsync(reader, null, ct)) if (stale.Contains(RowDigest.Of(row))) found.Add(row);
            return found;
        }, ct);
        var gone = 0L;
        foreach (var chunk in rows.Chunk(AtOnce)) gone += await WriteAsync(to, delete, [.. chunk], ct);
        return gone;
    }

    private async Task<HashSet<UInt128>> DigestsAsync(DbConnection reader, CancellationToken ct)
    {
        var digests = new HashSet<UInt128>();
        await foreach (var row in RowsAsync(reader, null, ct)) digests.Add(RowDigest.Of(row));
        return digests;
    }

    private async IAsyncEnumerable<object?[]> RowsAsync(DbConnection connection, DbTransaction? within, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        // Not "await using": disposed so, Dapper's reader leaves its command to the finalizer.
        using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(select, new { TenantId = tenantId }, within, commandTimeout: 0, cancellationToken: ct));
        while (await reader.ReadAsync(ct))
        {
            var values = new object?[reader.FieldCount];
            for (var i = 0; i < values.Length; i++) values[i] = reader.GetValue(i);
            yield return values;
        }
    }

    /// <summary>Writes the rows, and empties the list.</summary>
    private async Task<long> WriteAsync(Database to, string statement, List<object?[]> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return 0;
        await to.WriteAsync(async (connection, transaction) =>
        {
            await to.ShowAsync(connection, transaction, Database.EveryTenant, ct);
            foreach (var row in rows) await connection.ExecuteAsync(new CommandDefinition(statement, ParametersOf(row, to), transaction, cancellationToken: ct));
        }, ct);
        var written = rows.Count;
        rows.Clear();
        return written;
    }

    // SQL Server must know the type even of a null; SQLite writes each value as it was read.
    private DynamicParameters ParametersOf(object?[] row, Database to)
    {
        var values = new DynamicParameters();
        foreach (var (i, value) in row.Index())
            values.Add($"v{i}", value is DBNull ? null : value, to.FileName is null ? table.Columns[i].DbType : null);
        return values;
    }

    private static async Task<T> InAsync<T>(Database database, Func<DbConnection, Task<T>> look, CancellationToken ct)
    {
        var reader = await database.RentReaderAsync(Database.EveryTenant, ct);
        try
        {
            return await look(reader);
        }
        finally
        {
            await database.ReturnAsync(reader);
        }
    }
}
