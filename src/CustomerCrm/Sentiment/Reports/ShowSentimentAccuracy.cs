using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Sentiment;
using CustomerCrm.Insights;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Sentiment.Reports;

/// <summary>GET /sentiment/accuracy: how often what was read is what people say.</summary>
public static class ShowSentimentAccuracy
{
    public sealed record Report
    {
        public required DateOnly From { get; init; }
        public required DateOnly To { get; init; }

        /// <summary>Where people said the same, of all they said something of. Who only corrects and never confirms sees a figure that is too low.</summary>
        public required RateFigure Accuracy { get; init; }

        /// <summary>What was read, and what people said: only pairs that occurred.</summary>
        public required IReadOnlyList<Pair> Pairs { get; init; }
    }

    public sealed record Pair
    {
        public required SentimentLabel ReadLabel { get; init; }
        public required SentimentLabel CorrectLabel { get; init; }
        public required int Count { get; init; }
    }

    /// <param name="from">The first day; left out: 28 days in all.</param>
    /// <param name="to">The last day; left out: today.</param>
    internal static async Task<Report> Handle(DateOnly? from, DateOnly? to, CurrentSettings settings, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var range = ReportRange.Of(from, to, (await settings.GetAsync(ct)).Calendar, clock.GetUtcNow());
        var pairs = await db.QueryAsync<Pair>(Pairs, new { range.Starts, range.Ends }, ct);
        return new Report
        {
            From = range.From,
            To = range.To,
            Accuracy = RateFigure.Of(Rate.Of(pairs.Where(p => p.ReadLabel == p.CorrectLabel).Sum(p => p.Count), pairs.Sum(p => p.Count))),
            Pairs = pairs,
        };
    }

    private static readonly TenantSql Pairs = TenantSql.Of("""
        SELECT s.ReadLabel, s.CorrectLabel, COUNT(*) AS Count
        FROM InteractionSentiments s
        WHERE s.TenantId = @TenantId
          AND s.CorrectLabel IS NOT NULL
          AND s.OccurredAt >= @Starts
          AND s.OccurredAt < @Ends
        GROUP BY s.ReadLabel, s.CorrectLabel
        ORDER BY s.ReadLabel, s.CorrectLabel
        """);
}
