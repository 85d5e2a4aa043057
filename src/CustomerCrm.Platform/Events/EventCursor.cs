using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Events;

/// <summary>How far a consumer has come with its tenant, kept in the transaction that its work is done in.</summary>
internal static class EventCursor
{
    public const int BatchSize = 100;

    /// <summary>What there is to read, seen beside the writer: while others wait for it, nobody should read what can be read before.</summary>
    /// <returns>For each place where some of them stand; none for those who have read all.</returns>
    public static async Task<IReadOnlyList<(Ahead Ahead, IReadOnlySet<string> Consumers)>> LookAsync(TenantDb db, IReadOnlyCollection<string> consumers, CancellationToken ct)
    {
        var places = (await db.QueryAsync<Standing>(Places, null, ct)).ToDictionary(p => p.Name, p => p.LastSeq);
        var looks = new List<(Ahead, IReadOnlySet<string>)>();
        foreach (var there in consumers.GroupBy(name => places.GetValueOrDefault(name)))
            if (await ReadAsync(db, there.Key, ct) is { Count: > 0 } events) looks.Add((new Ahead(there.Key, events), there.ToHashSet()));
        return looks;
    }

    /// <returns>None when all is read, or when another process is just reading for this consumer.</returns>
    public static async Task<IReadOnlyList<EventRow>> NextAsync(TenantDb db, string consumer, Ahead? ahead, CancellationToken ct)
    {
        if (await HoldAsync(db, consumer, ct) is not { } place) return [];
        return place == ahead?.Place ? ahead.Events : await ReadAsync(db, place, ct);
    }

    private static async Task<IReadOnlyList<EventRow>> ReadAsync(TenantDb db, long place, CancellationToken ct) =>
        [.. (await db.QueryTopAsync<Row>(After, BatchSize, new { LastSeq = place }, ct)).Select(r => r.ToEvent())];

    private static async Task<long?> HoldAsync(TenantDb db, string consumer, CancellationToken ct)
    {
        if (await db.QueryAsync<long>(Hold, new { Name = consumer }, ct) is [var place]) return place;
        try
        {
            return await db.ExecuteAsync(Begin, new { Name = consumer }, ct) == 1 ? 0 : null;
        }
        catch (DuplicateKeyException)
        {
            return null; // another process began it this very moment, and reads
        }
    }

    public static Task MoveAsync(TenantDb db, string consumer, long lastSeq, CancellationToken ct) =>
        db.ExecuteAsync(Move, new { Name = consumer, LastSeq = lastSeq }, ct);

    /// <summary>Moves those on whom none of it concerns, in one transaction. One that has been moved meanwhile, by another process, stays where it is.</summary>
    public static Task PassAsync(TenantDb db, IReadOnlyList<string> consumers, Ahead ahead, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        foreach (var consumer in consumers)
            if (await db.ExecuteAsync(Pass, new { Name = consumer, ahead.Place, ahead.Events[^1].Seq }, ct) == 0 && ahead.Place == 0)
                if (await HoldAsync(db, consumer, ct) == 0) await MoveAsync(db, consumer, ahead.Events[^1].Seq, ct); // it had no place yet
    }, ct);

    private sealed record Standing(string Name, long LastSeq);

    private sealed record Row
    {
        public required long Seq { get; init; }
        public required Id<Event> Id { get; init; }
        public required string Type { get; init; }
        public required byte[]? CustomerId { get; init; }
        public required bool IsQuiet { get; init; }
        public required DateTimeOffset OccurredAt { get; init; }
        public required string Data { get; init; }
        public required string? CauseId { get; init; }
        public required int? CauseDepth { get; init; }

        public EventRow ToEvent() => new()
        {
            Seq = Seq, Id = Id, Type = Type, IsQuiet = IsQuiet, OccurredAt = OccurredAt, Data = Data,
            Cause = CauseId is null ? null : new EventCause(CauseId, CauseDepth ?? 1),
            CustomerId = CustomerId is null ? null : new Guid(CustomerId, bigEndian: true),
        };
    }

    // A new consumer begins with the oldest event that is still kept.
    private static readonly TenantSql Begin = TenantSql.Of("""
        INSERT INTO EventConsumers (TenantId, Name, LastSeq)
        SELECT h.TenantId, CAST(@Name AS NVARCHAR(100)), 0
        FROM EventHeads h
        WHERE h.TenantId = @TenantId
          AND NOT EXISTS (SELECT 1 FROM EventConsumers c WHERE c.TenantId = h.TenantId AND c.Name = @Name)
        """);

    // SQL Server, at READ COMMITTED: the row is held until the commit, and a second process steps over it instead of waiting.
    private static readonly TenantSql Hold = TenantSql.Of(
        sqlServer: """
            SELECT c.LastSeq
            FROM EventConsumers c WITH (UPDLOCK, READPAST, ROWLOCK)
            WHERE c.TenantId = @TenantId AND c.Name = @Name
            """,
        sqlite: """
            SELECT c.LastSeq
            FROM EventConsumers c
            WHERE c.TenantId = @TenantId AND c.Name = @Name
            """);

    private static readonly TenantSql Places = TenantSql.Of("""
        SELECT c.Name, c.LastSeq
        FROM EventConsumers c
        WHERE c.TenantId = @TenantId
        """);

    private static readonly TenantSql After = TenantSql.Of("""
        SELECT e.Seq, e.Id, e.Type, e.CustomerId, e.IsQuiet, e.OccurredAt, e.CauseId, e.CauseDepth, e.Data
        FROM Events e
        WHERE e.TenantId = @TenantId AND e.Seq > @LastSeq
        ORDER BY e.Seq
        """);

    private static readonly TenantSql Move = TenantSql.Of("""
        UPDATE EventConsumers
        SET LastSeq = @LastSeq
        WHERE TenantId = @TenantId AND Name = @Name
        """);

    private static readonly TenantSql Pass = TenantSql.Of("""
        UPDATE EventConsumers
        SET LastSeq = @Seq
        WHERE TenantId = @TenantId AND Name = @Name AND LastSeq = @Place
        """);
}

/// <summary>What there is to read from a place on.</summary>
/// <param name="Place">How far its readers had come.</param>
/// <param name="Events">What follows.</param>
internal sealed record Ahead(long Place, IReadOnlyList<EventRow> Events)
{
    /// <summary>There is probably more behind them.</summary>
    public bool IsFull => Events.Count == EventCursor.BatchSize;
}
