using CustomerCrm.Analytics;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Reports.Metrics;

/// <summary>Counts what other features keep: promises, talks with bots, contact forms, and customers' first orders.</summary>
internal sealed class OtherCounts(TenantDb db)
{
    private const int MostOrders = 20_000;

    /// <summary>Kept in time, of those that came due, by promise: 1 first response, 2 next response, 3 resolution.</summary>
    public async Task<IReadOnlyDictionary<int, Rate>> PromisesAsync(DateTimeOffset starts, DateTimeOffset ends, DateTimeOffset now, Condition narrowed, CancellationToken ct) =>
        (await db.QueryAsync<Kept>(Promises.And(narrowed).Then("GROUP BY k.Promise"), new { Starts = starts, Ends = ends, Now = now }, ct)).ToDictionary(kept => kept.Kind, kept => Rate.Of(kept.Good ?? 0, kept.Total));

    public async Task<Rate> BotsAsync(DateTimeOffset starts, DateTimeOffset ends, CancellationToken ct) => RateOf(await db.QueryAsync<Kept>(Bots, new { Starts = starts, Ends = ends }, ct));

    public async Task<Rate> DeflectionAsync(DateTimeOffset starts, DateTimeOffset ends, CancellationToken ct) => RateOf(await db.QueryAsync<Kept>(Contacts, new { Starts = starts, Ends = ends }, ct));

    /// <summary>Seconds from a customer's first message to their first order.</summary>
    public async Task<IReadOnlyList<double>> JourneysAsync(DateTimeOffset starts, DateTimeOffset ends, CancellationToken ct) =>
        [.. (await db.QueryTopAsync<Journey>(Journeys, MostOrders, new { Starts = starts, Ends = ends }, ct)).Where(one => one.AskedAt < one.OrderedAt).Select(one => (one.OrderedAt - one.AskedAt!.Value).TotalSeconds)];

    private static Rate RateOf(IReadOnlyList<Kept> rows) => Rate.Of(rows.Sum(row => row.Good ?? 0), rows.Sum(row => row.Total));

    private sealed record Kept
    {
        public int Kind { get; init; }
        public required int Total { get; init; }
        public int? Good { get; init; }
    }

    private sealed record Journey
    {
        public required DateTimeOffset OrderedAt { get; init; }
        public DateTimeOffset? AskedAt { get; init; }
    }

    // One that is still running before it is due is neither kept nor broken.
    private static readonly TenantSql Promises = TenantSql.Of("""
        SELECT k.Promise AS Kind, COUNT(*) AS Total, SUM(CASE WHEN k.StoppedAt <= k.DueAt THEN 1 ELSE 0 END) AS Good
        FROM SlaClocks k
        WHERE k.TenantId = @TenantId
          AND k.DueAt >= @Starts
          AND k.DueAt < @Ends
          AND (k.StoppedAt IS NOT NULL OR k.DueAt <= @Now)
        """);

    // By bot, for that is how their index begins. 1 talking, 2 resolved.
    private static readonly TenantSql Bots = TenantSql.Of("""
        SELECT COUNT(*) AS Total, SUM(CASE WHEN s.Outcome = 2 THEN 1 ELSE 0 END) AS Good
        FROM Bots b
        JOIN BotSessions s ON s.TenantId = b.TenantId AND s.BotId = b.Id
        WHERE b.TenantId = @TenantId
          AND s.StartedAt >= @Starts
          AND s.StartedAt < @Ends
          AND s.Outcome <> 1
        """);

    // 2 answered.
    private static readonly TenantSql Contacts = TenantSql.Of("""
        SELECT COUNT(*) AS Total, SUM(CASE WHEN h.State = 2 THEN 1 ELSE 0 END) AS Good
        FROM HelpContacts h
        WHERE h.TenantId = @TenantId
          AND h.CreatedAt >= @Starts
          AND h.CreatedAt < @Ends
          AND h.SuggestedCount > 0
        """);

    private static readonly TenantSql Journeys = TenantSql.Of("""
        SELECT o.PlacedAt AS OrderedAt,
            (SELECT MIN(i.OccurredAt) FROM Interactions i WHERE i.TenantId = @TenantId AND i.CustomerId = o.CustomerId AND i.OccurredAt < o.PlacedAt AND i.Direction = 1) AS AskedAt
        FROM Orders o
        JOIN CustomerFigures c ON c.TenantId = o.TenantId AND c.CustomerId = o.CustomerId AND c.FirstOrderAt = o.PlacedAt
        WHERE o.TenantId = @TenantId
          AND o.PlacedAt >= @Starts
          AND o.PlacedAt < @Ends
          AND o.IsCounted = 1
        ORDER BY o.PlacedAt, o.Id
        """);
}
