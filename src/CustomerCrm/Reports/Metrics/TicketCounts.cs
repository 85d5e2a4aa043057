using CustomerCrm.Platform.Data;

namespace CustomerCrm.Reports.Metrics;

/// <summary>The tickets that were unsolved at a moment, those solved since and those unsolved still, and how long they had been open.</summary>
internal sealed class TicketCounts(TenantDb db)
{
    private const int MostAges = 20_000;

    private static readonly TimeSpan day = TimeSpan.FromDays(1), week = TimeSpan.FromDays(7), month = TimeSpan.FromDays(30);

    public async Task<Waiting> WaitingAsync(DateTimeOffset at, Condition narrowed, CancellationToken ct)
    {
        var args = new { At = at, Day = at - day, Week = at - week, Month = at - month };
        var still = await db.QueryTopAsync<DateTimeOffset>(StillOpened.And(narrowed).Then("ORDER BY f.OpenedAt"), MostAges + 1, args, ct);
        var since = still.Count > MostAges ? [] : await db.QueryTopAsync<DateTimeOffset>(SinceOpened.And(narrowed).Then("ORDER BY f.SolvedAt"), MostAges + 1 - still.Count, args, ct);
        if (still.Count + since.Count <= MostAges) return Of([.. still.Concat(since).Select(opened => at - opened)]);
        return Together((await db.QueryAsync<Row>(StillUnsolved.And(narrowed), args, ct))[0], (await db.QueryAsync<Row>(SolvedSince.And(narrowed), args, ct))[0]);
    }

    private static Waiting Of(IReadOnlyList<TimeSpan> ages) => new(ages.Count, ages.Count(age => age > day), ages.Count(age => age > week), ages.Count(age => age > month), [.. ages.Select(age => age.TotalSeconds)]);

    private static Waiting Together(Row one, Row other) => new(
        one.Total + other.Total, (one.OverDay ?? 0) + (other.OverDay ?? 0), (one.OverWeek ?? 0) + (other.OverWeek ?? 0), (one.OverMonth ?? 0) + (other.OverMonth ?? 0), null);

    /// <param name="Total">How many.</param>
    /// <param name="OverDay">Of them, open for longer than a day.</param>
    /// <param name="OverWeek">For longer than seven.</param>
    /// <param name="OverMonth">For longer than thirty.</param>
    /// <param name="Ages">How long each had been open, in seconds; null: they are too many to be looked at one by one.</param>
    internal sealed record Waiting(int Total, int OverDay, int OverWeek, int OverMonth, IReadOnlyList<double>? Ages);

    private sealed record Row
    {
        public required int Total { get; init; }
        public int? OverDay { get; init; }
        public int? OverWeek { get; init; }
        public int? OverMonth { get; init; }
    }

    private const string Counted = "COUNT(*) AS Total, SUM(CASE WHEN f.OpenedAt < @Day THEN 1 ELSE 0 END) AS OverDay, SUM(CASE WHEN f.OpenedAt < @Week THEN 1 ELSE 0 END) AS OverWeek, SUM(CASE WHEN f.OpenedAt < @Month THEN 1 ELSE 0 END) AS OverMonth";

    private const string Still = "FROM ServiceTickets f WHERE f.TenantId = @TenantId AND f.SolvedAt IS NULL AND f.OpenedAt < @At";

    private const string Since = "FROM ServiceTickets f WHERE f.TenantId = @TenantId AND f.SolvedAt >= @At AND f.OpenedAt < @At";

    private static readonly TenantSql StillUnsolved = TenantSql.Of($"SELECT {Counted} {Still}");

    private static readonly TenantSql SolvedSince = TenantSql.Of($"SELECT {Counted} {Since}");

    private static readonly TenantSql StillOpened = TenantSql.Of($"SELECT f.OpenedAt {Still}");

    private static readonly TenantSql SinceOpened = TenantSql.Of($"SELECT f.OpenedAt {Since}");
}
