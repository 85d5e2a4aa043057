using CustomerCrm.Platform.Data;
using CustomerCrm.Reports.Figures;

namespace CustomerCrm.Reports.Days;

/// <summary>Counts a part of a period from the facts: what a kept day must be equal to.</summary>
internal sealed class PartCounting(TenantDb db, DurationReading durations)
{
    public async Task<PartFigures> CountAsync(DayPart part, DateTimeOffset starts, DateTimeOffset ends, ReportFilter? filter, CancellationToken ct)
    {
        var (args, tickets) = (new { Starts = starts, Ends = ends }, filter?.OfTickets() ?? Condition.All([]));
        var replies = filter?.OfReplies() ?? Condition.All([]);
        var row = (await db.QueryAsync<Row>(part switch { DayPart.Opened => Opened.And(tickets), DayPart.Answered => Answered.And(replies), _ => Solved.And(tickets) }, args, ct))[0];
        var tallies = new List<Tally>();
        foreach (var time in PartFigures.TimesOf(part)) tallies.Add(await durations.TallyAsync(time, starts, ends, part == DayPart.Answered ? replies : tickets, ct));
        return new PartFigures(part switch
        {
            DayPart.Opened => [row.Total, row.First ?? 0],
            DayPart.Answered => [row.Total],
            _ => [row.Total, row.First ?? 0, row.Second ?? 0, row.Third ?? 0, row.Fourth ?? 0],
        }, tallies);
    }

    /// <summary>How many there are, at one look.</summary>
    public async Task<long> NumberAsync(DayPart part, DateTimeOffset starts, DateTimeOffset ends, CancellationToken ct) =>
        await db.FindAsync<long>(part switch { DayPart.Opened => OpenedNumber, DayPart.Answered => AnsweredNumber, _ => SolvedNumber }, new { Starts = starts, Ends = ends }, ct);

    /// <summary>When the first ticket was opened; null: there is none.</summary>
    public Task<DateTimeOffset?> BeginningAsync(CancellationToken ct) => db.FindAsync<DateTimeOffset?>(Beginning, null, ct);

    private sealed record Row
    {
        public required long Total { get; init; }
        public long? First { get; init; }
        public long? Second { get; init; }
        public long? Third { get; init; }
        public long? Fourth { get; init; }
    }

    private const string InOpened = "FROM ServiceTickets f WHERE f.TenantId = @TenantId AND f.OpenedAt >= @Starts AND f.OpenedAt < @Ends";

    private const string InAnswered = "FROM ServiceReplies r WHERE r.TenantId = @TenantId AND r.RepliedAt >= @Starts AND r.RepliedAt < @Ends";

    private const string InSolved = "FROM ServiceTickets f WHERE f.TenantId = @TenantId AND f.SolvedAt >= @Starts AND f.SolvedAt < @Ends";

    private static readonly TenantSql Opened = TenantSql.Of($"SELECT COUNT(*) AS Total, SUM(CASE WHEN f.SolvedAt IS NULL THEN 0 ELSE 1 END) AS First {InOpened}");

    private static readonly TenantSql Answered = TenantSql.Of($"SELECT COUNT(*) AS Total {InAnswered}");

    private static readonly TenantSql Solved = TenantSql.Of($"""
        SELECT COUNT(*) AS Total,
            SUM(CASE WHEN f.Replies = 1 AND f.Reopens = 0 THEN 1 ELSE 0 END) AS First,
            SUM(CASE WHEN f.Reopens > 0 THEN 1 ELSE 0 END) AS Second,
            SUM(CASE WHEN f.Replies = 0 THEN 1 ELSE 0 END) AS Third,
            SUM(CASE WHEN f.IsPreemptive = 1 THEN 1 ELSE 0 END) AS Fourth
        {InSolved}
        """);

    private static readonly TenantSql OpenedNumber = TenantSql.Of($"SELECT COUNT(*) {InOpened}");

    private static readonly TenantSql AnsweredNumber = TenantSql.Of($"SELECT COUNT(*) {InAnswered}");

    private static readonly TenantSql SolvedNumber = TenantSql.Of($"SELECT COUNT(*) {InSolved}");

    private static readonly TenantSql Beginning = TenantSql.Of("SELECT MIN(f.OpenedAt) FROM ServiceTickets f WHERE f.TenantId = @TenantId");
}
