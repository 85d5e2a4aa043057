using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Dapper;

namespace CustomerCrm.Platform.Records;

/// <summary>
/// Puts a record's rows back where they were, with their ids. What is unique and taken meanwhile is named, or left out where the caller says so; what
/// hangs on something else that is gone is named.
/// </summary>
public sealed class RecordRestoring
{
    private readonly TenantDb db;
    private readonly RecordColumns columns;
    private readonly IReadOnlyDictionary<string, RecordKind> kinds;
    private readonly RowsElsewhere elsewhere;
    private readonly IReadOnlyList<IRestored> restored;
    private readonly IReadOnlyList<IMendsRows> mending;

    internal RecordRestoring(TenantDb db, RecordColumns columns, IEnumerable<RecordKind> kinds, IEnumerable<IRestored> restored, IEnumerable<IMendsRows> mending) =>
        (this.db, this.columns, this.kinds, elsewhere, this.restored, this.mending) = (db, columns, kinds.ToDictionary(k => k.Name), new RowsElsewhere(db, kinds), [.. restored], [.. mending]);

    /// <returns>What was left out.</returns>
    /// <exception cref="ApiProblem">409: something of it is taken, or the customer it is of is gone. Nothing is changed.</exception>
    public async Task<IReadOnlyList<LeftOutRow>> RestoreAsync(RemovedRecord record, bool withoutTaken, CancellationToken ct)
    {
        var kind = kinds[record.Kind];
        var leftOut = await InsertAsync(kind, record, ct);
        if (!withoutTaken && leftOut.Any(row => row.IsTaken)) throw Conflict(leftOut);

        await db.ExecuteAsync(RecordBin.Delete, new { record.Id }, ct);
        foreach (var step in restored.Where(step => step.Kind == kind.Name))
            await step.MendAsync(new Guid(record.RecordKey, bigEndian: true), isWhole: leftOut.Count == 0, ct);
        return leftOut;
    }

    private async Task<List<LeftOutRow>> InsertAsync(RecordKind kind, RemovedRecord record, CancellationToken ct)
    {
        var (leftOut, found) = (new List<LeftOutRow>(), new Dictionary<string, bool>());
        foreach (var part in await db.QueryAsync<Part>(PartsOf, new { RemovedId = record.Id }, ct))
        {
            if (kind.Tables.FirstOrDefault(t => t.Name == part.TableName) is not { } table) continue; // a table that a release has dropped
            var types = (await columns.OfAsync(table.Name, ct)).ToDictionary(c => c.Name, c => c.DbType);
            foreach (var row in RowText.Read(part.Content))
            {
                if (!await IsLeftAsync(table, row, record.RemovedAt, ct)) continue;
                if (await MissingAsync(table, row, found, ct) is { } missing)
                {
                    // It comes first, and without it the rest would hang on nothing.
                    if (table == kind.Root) throw ApiProblem.Conflict("customer_missing", "The customer it belongs to is gone, or is in the bin itself. Restore the customer first.");
                    await elsewhere.KeepAsync(table, row, missing, ct);
                    if (table.Resource is { } resource) leftOut.Add(new LeftOutRow(resource, KnownAs(row, table.KnownBy) ?? elsewhere.NameOf(missing), IsTaken: false));
                }
                else if (!await TryInsertAsync(table, row, types, ct))
                {
                    leftOut.Add(new LeftOutRow(table.Spare?.Resource ?? table.Resource ?? table.Name, KnownAs(row, table.Spare?.Columns[0] ?? table.KnownBy), IsTaken: true));
                    // Without the record itself the rest would hang on nothing. It is put back even where that will be refused: so all that is taken is named at once.
                    if (table == kind.Root && !await TryInsertWithoutAsync(table, row, types, ct)) throw Conflict(leftOut);
                }
            }
        }
        return leftOut;
    }

    private async Task<bool> TryInsertWithoutAsync(RecordTable table, Dictionary<string, object?> row, Dictionary<string, System.Data.DbType> types, CancellationToken ct)
    {
        if (table.Spare is null) return false;
        foreach (var column in table.Spare.Columns) row[column] = null;
        return await TryInsertAsync(table, row, types, ct);
    }

    private static string? KnownAs(Dictionary<string, object?> row, string? by) =>
        by is null ? null : row.GetValueOrDefault(by) is byte[] key ? Encoding.UTF8.GetString(key) : row.GetValueOrDefault(by) as string;

    private async ValueTask<bool> IsLeftAsync(RecordTable table, Dictionary<string, object?> row, DateTimeOffset removedAt, CancellationToken ct)
    {
        foreach (var mends in mending)
            if (mends.Mends(table.Name) && !await mends.MendAsync(table.Name, row, removedAt, ct)) return false;
        return true;
    }

    private async Task<bool> TryInsertAsync(RecordTable table, Dictionary<string, object?> row, Dictionary<string, System.Data.DbType> types, CancellationToken ct)
    {
        string[] names = [.. row.Keys.Where(types.ContainsKey)];
        var values = new DynamicParameters();
        foreach (var name in names) values.Add(name, row[name], types[name]);
        try
        {
            await db.ExecuteAsync(RecordSql.Insert(table, names), values, ct);
            return true;
        }
        catch (DuplicateKeyException)
        {
            if (table.Yields is not { } flag || row.GetValueOrDefault(flag) is null or false or 0L) return false;
            row[flag] = false;
            return await TryInsertAsync(table, row, types, ct);
        }
    }

    private async Task<MissingRecord?> MissingAsync(RecordTable table, Dictionary<string, object?> row, Dictionary<string, bool> found, CancellationToken ct)
    {
        foreach (var (column, to) in table.PointsTo)
        {
            if (row.GetValueOrDefault(column) is not byte[] id) continue;
            var place = $"{to} {Convert.ToHexString(id)}";
            if (!found.TryGetValue(place, out var exists)) found[place] = exists = (await db.QueryAsync<int>(RecordSql.Exists(to), new { Id = id }, ct)).Count > 0;
            if (!exists) return new MissingRecord(column, to, id);
        }
        return null;
    }

    private static ApiProblem Conflict(IReadOnlyList<LeftOutRow> leftOut) => ApiProblem.Conflict("taken_meanwhile",
        "Something of it is somebody else's by now. Free it, or restore without what is taken.",
        new Dictionary<string, object?> { ["taken"] = leftOut.Where(row => row.IsTaken).Select(row => new { row.Resource, row.Value }).ToArray() });

    private sealed record Part
    {
        public required string TableName { get; init; }
        public required byte[] Content { get; init; }
    }

    private static readonly TenantSql PartsOf = TenantSql.Of("""
        SELECT p.TableName, p.Content
        FROM RemovedRows p
        WHERE p.TenantId = @TenantId
          AND p.RemovedId = @RemovedId
        ORDER BY p.Part
        """);
}

/// <summary>Something that did not come back.</summary>
/// <param name="Resource">On the wire: <c>identity</c>.</param>
/// <param name="Value">By which people know it; where they know it by nothing, the id of what it is of and is missing.</param>
/// <param name="IsTaken">What is unique in it is another's by now. False: something else that it is of is gone, or in the bin itself.</param>
public sealed record LeftOutRow(string Resource, string? Value, bool IsTaken);
