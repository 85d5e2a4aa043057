using System.Text.Json;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Records;

/// <summary>
/// Where a record goes when it is deleted: its rows, from every table it has rows in, leave those tables and are kept here in one
/// piece. So no statement of the product must remember to leave out what is deleted, and what was unique is free again.
/// </summary>
public sealed class RecordBin
{
    /// <summary>After that it is gone for good.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const int RowsInPart = 1000, LongestTitle = 300;

    private readonly TenantDb db;
    private readonly RecordColumns columns;
    private readonly IReadOnlyList<ILeaving> leaving;
    private readonly Caller caller;
    private readonly TimeProvider clock;

    internal RecordBin(TenantDb db, RecordColumns columns, IEnumerable<ILeaving> leaving, Caller caller, TimeProvider clock) =>
        (this.db, this.columns, this.leaving, this.caller, this.clock) = (db, columns, [.. leaving], caller, clock);

    /// <param name="kind">What it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="revision">The revision that is removed.</param>
    /// <param name="customerId">The customer it is, or is of: when that one is purged, so is this. Null for what is no customer's.</param>
    /// <param name="title">What a list shows of it.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">412: it was changed since it was read.</exception>
    public async Task PutAsync<T>(RecordKind kind, Id<T> id, int revision, Guid? customerId, string? title, CancellationToken ct) where T : IHasId
    {
        var record = new { RecordId = id.ToBytes(), Revision = revision };
        if (await db.ExecuteAsync(RecordSql.Hold(kind.Root), record, ct) == 0) throw ApiProblem.PreconditionFailed();
        foreach (var step in leaving.Where(step => step.Kind == kind.Name)) await step.LeaveAsync(id.Value, ct);

        var (now, actor) = (clock.GetUtcNow(), caller.Actor);
        var removed = new { RemovedId = Id<RemovedRecord>.New() };
        var (parts, contents) = await ReadAsync(kind, record, ct);
        await db.ExecuteAsync(Insert, new
        {
            Id = removed.RemovedId,
            Kind = kind.Name,
            RecordId = id.ToString(),
            RecordKey = id.ToBytes(),
            CustomerKey = (customerId ?? Guid.Empty).ToByteArray(bigEndian: true),
            Title = title?.Beginning(LongestTitle),
            Contents = JsonSerializer.Serialize(contents),
            RemovedAt = now,
            ExpiresAt = now + KeptFor,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = actor.Name,
        }, ct);
        await db.ExecuteEachAsync(InsertPart, parts.Select((part, n) => new { removed.RemovedId, Part = n, TableName = part.Table, part.Content }), ct);
        // The other way round: what rows name goes while they are there to name it.
        foreach (var table in kind.Tables.Reverse().Where(table => table.IsUntied || table == kind.Root)) await db.ExecuteAsync(RecordSql.Delete(table), record, ct);
    }

    /// <summary>The keys of what went along from a table.</summary>
    public async Task<IReadOnlyList<byte[]>> WentAlongAsync(RemovedRecord record, string table, CancellationToken ct) =>
        [.. (await db.QueryAsync<byte[]>(ContentOf, new { RemovedId = record.Id, TableName = table }, ct)).SelectMany(RowText.Read).Select(row => row["Id"]).OfType<byte[]>()];

    /// <summary>For good; of a customer, all else of it that is in the bin, too.</summary>
    /// <param name="record">What.</param>
    /// <param name="isCustomer">It is one.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="along">Ids of what went along and has a history of its own.</param>
    public async Task PurgeAsync(RemovedRecord record, bool isCustomer, CancellationToken ct, params IEnumerable<string> along)
    {
        await db.ExecuteEachAsync(DeleteHistory, along.Prepend(record.RecordId).Select(id => new { RecordId = id }), ct);
        await db.ExecuteAsync(DeleteOwnHistory, new { record.RecordId }, ct);
        await db.ExecuteAsync(Delete, new { record.Id }, ct);
        if (isCustomer) await db.ExecuteAsync(DeleteOfCustomer, new { record.CustomerKey }, ct);
    }

    private async Task<(List<(string Table, byte[] Content)> Parts, Dictionary<string, int> Contents)> ReadAsync(RecordKind kind, object record, CancellationToken ct)
    {
        var (parts, contents) = (new List<(string, byte[])>(), new Dictionary<string, int>());
        foreach (var table in kind.Tables)
        {
            string[] names = [.. (await columns.OfAsync(table.Name, ct)).Select(c => c.Name).Where(name => name != "TenantId")];
            var rows = await db.QueryAsync<object>(RecordSql.Read(table, names), record, ct);
            foreach (var chunk in rows.Cast<IDictionary<string, object?>>().Chunk(RowsInPart)) parts.Add((table.Name, RowText.Write(names, chunk)));
            if (table.Resource is { } resource && table != kind.Root && rows.Count > 0) contents[resource] = rows.Count;
        }
        return (parts, contents);
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO RemovedRecords (TenantId, Id, Kind, RecordId, RecordKey, CustomerKey, Title, Contents, RemovedAt, ExpiresAt, ActorKind, ActorId, ActorName)
        VALUES (@TenantId, @Id, @Kind, @RecordId, @RecordKey, @CustomerKey, @Title, @Contents, @RemovedAt, @ExpiresAt, @ActorKind, @ActorId, @ActorName)
        """);

    private static readonly TenantSql InsertPart = TenantSql.Of("""
        INSERT INTO RemovedRows (TenantId, RemovedId, Part, TableName, Content)
        VALUES (@TenantId, @RemovedId, @Part, @TableName, @Content)
        """);

    internal static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM RemovedRecords
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);

    private static readonly TenantSql ContentOf = TenantSql.Of("""
        SELECT p.Content
        FROM RemovedRows p
        WHERE p.TenantId = @TenantId
          AND p.RemovedId = @RemovedId
          AND p.TableName = @TableName
        ORDER BY p.Part
        """);

    private static readonly TenantSql DeleteOfCustomer = TenantSql.Of("""
        DELETE FROM RemovedRecords
        WHERE TenantId = @TenantId
          AND CustomerKey = @CustomerKey
        """);

    // Of an order or an interaction, its customer's history still tells the fields.
    private static readonly TenantSql DeleteHistory = TenantSql.Of("""
        DELETE FROM FieldChanges
        WHERE TenantId = @TenantId
          AND RecordId = @RecordId
        """);

    private static readonly TenantSql DeleteOwnHistory = TenantSql.Of("""
        DELETE FROM RecordChanges
        WHERE TenantId = @TenantId
          AND RecordId = @RecordId
        """);
}
