using CustomerCrm.Platform.Data;

namespace CustomerCrm.Reports.Metrics;

/// <summary>Counts tickets by what became of them: opened, solved and waiting, each one stretch of an index.</summary>
internal sealed class TicketCounts(TenantDb db)
{
    public async Task<Opened> OpenedAsync(DateTimeOffset starts, DateTimeOffset ends, Condition narrowed, CancellationToken ct) =>
        (await db.QueryAsync<Opened>(OpenedIn.And(narrowed), new { Starts = starts, Ends = ends }, ct))[0];

    public async Task<Solved> SolvedAsync(DateTimeOffset starts, DateTimeOffset ends, Condition narrowed, CancellationToken ct) =>
        (await db.QueryAsync<Solved>(SolvedIn.And(narrowed), new { Starts = starts, Ends = ends }, ct))[0];

    /// <summary>The tickets that were unsolved at a moment, those solved since and those unsolved still, and how many of them had been open for long.</summary>
    public async Task<Waiting> WaitingAsync(DateTimeOffset at, Condition narrowed, CancellationToken ct)
    {
        var args = new { At = at, Day = at.AddDays(-1), Week = at.AddDays(-7), Month = at.AddDays(-30) };
        var (still, since) = ((await db.QueryAsync<Waiting>(StillUnsolved.And(narrowed), args, ct))[0], (await db.QueryAsync<Waiting>(SolvedSince.And(narrowed), args, ct))[0]);
        return new Waiting { Total = still.Total + since.Total, OverDay = (still.OverDay ?? 0) + (since.OverDay ?? 0), OverWeek = (still.OverWeek ?? 0) + (since.OverWeek ?? 0), OverMonth = (still.OverMonth ?? 0) + (since.OverMonth ?? 0) };
    }

    /// <returns>How long each had been open, in seconds; null: they are too many to be looked at one by one.</returns>
    public async Task<IReadOnlyList<double>?> AgesAsync(DateTimeOffset at, Condition narrowed, CancellationToken ct)
    {
        var args = new { At = at };
        var still = await db.QueryTopAsync<DateTimeOffset>(StillOpened.And(narrowed).Then("ORDER BY f.OpenedAt"), MostAges + 1, args, ct);
        var since = await db.QueryTopAsync<DateTimeOffset>(SinceOpened.And(narrowed).Then("ORDER BY f.SolvedAt"), MostAges + 1, args, ct);
        return still.Count + since.Count > MostAges ? null : [.. still.Concat(since).Select(opened => (at - opened).TotalSeconds)];
    }

    private const int MostAges = 20_000;

    internal sealed record Opened
    {
        public required int Total { get; init; }
        public int? SolvedByNow { get; init; }
    }

    internal sealed record Solved
    {
        public required int Total { get; init; }
        public int? OneTouch { get; init; }
        public int? Reopened { get; init; }
        public int? Automatic { get; init; }
        public int? Preemptive { get; init; }
        public double? HandleSeconds { get; init; }
        public double? HandleSquares { get; init; }
    }

    internal sealed record Waiting
    {
        public required int Total { get; init; }
        public int? OverDay { get; init; }
        public int? OverWeek { get; init; }
        public int? OverMonth { get; init; }
    }

    private static readonly TenantSql OpenedIn = TenantSql.Of("""
        SELECT COUNT(*) AS Total, SUM(CASE WHEN f.SolvedAt IS NULL THEN 0 ELSE 1 END) AS SolvedByNow
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.OpenedAt >= @Starts
          AND f.OpenedAt < @Ends
        """);

    private static readonly TenantSql SolvedIn = TenantSql.Of("""
        SELECT COUNT(*) AS Total,
            SUM(CASE WHEN f.Replies = 1 AND f.Reopens = 0 THEN 1 ELSE 0 END) AS OneTouch,
            SUM(CASE WHEN f.Reopens > 0 THEN 1 ELSE 0 END) AS Reopened,
            SUM(CASE WHEN f.Replies = 0 THEN 1 ELSE 0 END) AS Automatic,
            SUM(CASE WHEN f.IsPreemptive = 1 THEN 1 ELSE 0 END) AS Preemptive,
            SUM(CAST(f.HandleSeconds AS FLOAT)) AS HandleSeconds,
            SUM(CAST(f.HandleSeconds AS FLOAT) * f.HandleSeconds) AS HandleSquares
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt >= @Starts
          AND f.SolvedAt < @Ends
        """);

    private static readonly TenantSql StillUnsolved = TenantSql.Of("""
        SELECT COUNT(*) AS Total, SUM(CASE WHEN f.OpenedAt < @Day THEN 1 ELSE 0 END) AS OverDay, SUM(CASE WHEN f.OpenedAt < @Week THEN 1 ELSE 0 END) AS OverWeek, SUM(CASE WHEN f.OpenedAt < @Month THEN 1 ELSE 0 END) AS OverMonth
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt IS NULL
          AND f.OpenedAt < @At
        """);

    private static readonly TenantSql SolvedSince = TenantSql.Of("""
        SELECT COUNT(*) AS Total, SUM(CASE WHEN f.OpenedAt < @Day THEN 1 ELSE 0 END) AS OverDay, SUM(CASE WHEN f.OpenedAt < @Week THEN 1 ELSE 0 END) AS OverWeek, SUM(CASE WHEN f.OpenedAt < @Month THEN 1 ELSE 0 END) AS OverMonth
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt >= @At
          AND f.OpenedAt < @At
        """);

    private static readonly TenantSql StillOpened = TenantSql.Of("""
        SELECT f.OpenedAt
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt IS NULL
          AND f.OpenedAt < @At
        """);

    private static readonly TenantSql SinceOpened = TenantSql.Of("""
        SELECT f.OpenedAt
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt >= @At
          AND f.OpenedAt < @At
        """);
}
