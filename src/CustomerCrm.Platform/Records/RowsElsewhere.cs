using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Records;

/// <summary>
/// Where a row goes that cannot be put back because something else it is of is in the bin too: to that, and it comes back with it. So who belonged
/// to a company does so again, in whatever order the two are restored.
/// </summary>
internal sealed class RowsElsewhere(TenantDb db, IEnumerable<RecordKind> kinds)
{
    /// <summary>Nothing happens where it is not in the bin: then it is gone for good, and the row with it.</summary>
    public async Task KeepAsync(RecordTable table, Dictionary<string, object?> row, MissingRecord missing, CancellationToken ct)
    {
        if (KindOf(missing) is not { } kind || kind.Tables.FirstOrDefault(t => t.Name == table.Name && t.Key == missing.Column && t.Through is null) is not { } there) return;
        if (await db.FindAsync<RemovedRecord>(InBin, new { Kind = kind.Name, RecordKey = missing.Id, Nobody = new byte[16] }, ct) is not { } other) return;

        var contents = JsonSerializer.Deserialize<Dictionary<string, int>>(other.Contents)!;
        if (there.Resource is { } resource) contents[resource] = contents.GetValueOrDefault(resource) + 1;
        // Whoever restores or purges it at the same time waits here, or was first: then there is nothing to keep it with.
        if (await db.ExecuteAsync(Hold, new { other.Id, Contents = JsonSerializer.Serialize(contents) }, ct) == 0) return;
        await db.ExecuteAsync(Append, new { other.Id, TableName = table.Name, Content = RowText.Write([.. row.Keys], [row]) }, ct);
    }

    /// <summary>What is missing as the API calls it.</summary>
    public string? NameOf(MissingRecord missing) =>
        KindOf(missing) is { } kind ? Base32.Write(kind.Prefix, new Guid(missing.Id, bigEndian: true)) : null;

    private RecordKind? KindOf(MissingRecord missing) => kinds.FirstOrDefault(kind => kind.Root.Name == missing.Table);

    // What hangs on two records hangs on a customer, or on what is no customer's: an index knows both.
    private static readonly TenantSql InBin = TenantSql.Of($"""
        SELECT {RemovedRecord.Columns}
        FROM RemovedRecords b
        WHERE b.TenantId = @TenantId
          AND b.CustomerKey IN (@RecordKey, @Nobody)
          AND b.RecordKey = @RecordKey
          AND b.Kind = @Kind
        """);

    private static readonly TenantSql Hold = TenantSql.Of("""
        UPDATE RemovedRecords
        SET Contents = @Contents
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);

    private static readonly TenantSql Append = TenantSql.Of("""
        INSERT INTO RemovedRows (TenantId, RemovedId, Part, TableName, Content)
        SELECT p.TenantId, p.RemovedId, MAX(p.Part) + 1, CAST(@TableName AS NVARCHAR(100)), @Content
        FROM RemovedRows p
        WHERE p.TenantId = @TenantId
          AND p.RemovedId = @Id
        GROUP BY p.TenantId, p.RemovedId
        """);
}

/// <summary>What a row points to and is not there.</summary>
/// <param name="Column">That points.</param>
/// <param name="Table">Where it would be.</param>
/// <param name="Id">Its key.</param>
internal sealed record MissingRecord(string Column, string Table, byte[] Id);
