using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Sentiment;
using CustomerCrm.Insights;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Sentiment.Reports;

/// <summary>GET /sentiment/report: how customers felt, day by day.</summary>
public static class ShowSentimentReport
{
    public sealed record Report
    {
        /// <summary>The first day, in the tenant's zone.</summary>
        public required DateOnly From { get; init; }

        /// <summary>The last day, included.</summary>
        public required DateOnly To { get; init; }

        public required string TimeZone { get; init; }

        /// <summary>Of the whole range.</summary>
        public required Figures Total { get; init; }

        /// <summary>Days with an interaction that was read, in their order.</summary>
        public required IReadOnlyList<Day> Days { get; init; }
    }

    public sealed record Day
    {
        public required DateOnly Date { get; init; }
        public required Figures Figures { get; init; }
    }

    /// <summary>What people corrected counts as they said.</summary>
    public sealed record Figures
    {
        /// <summary>Inbound interactions with a text.</summary>
        public required int N { get; init; }

        public required int Negative { get; init; }
        public required int Neutral { get; init; }
        public required int Positive { get; init; }
        public required int Mixed { get; init; }

        /// <summary>The share of the negative ones, with the 95 % interval of E. B. Wilson (1927).</summary>
        public required RateFigure NegativeShare { get; init; }

        /// <summary>The mean of the scores as read, from -1 to 1; null when n is 0.</summary>
        public required double? MeanScore { get; init; }
    }

    /// <param name="from">The first day; left out: 28 days in all.</param>
    /// <param name="to">The last day; left out: today.</param>
    internal static async Task<Report> Handle(DateOnly? from, DateOnly? to, CurrentSettings settings, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        var range = ReportRange.Of(from, to, tenant.Calendar, clock.GetUtcNow());
        var (total, days) = (new Tally(), new SortedDictionary<DateOnly, Tally>());
        await foreach (var row in db.StreamAsync<Row>(Read, new { range.Starts, range.Ends }, ct))
        {
            var day = tenant.Calendar.DayOf(row.OccurredAt);
            if (!days.TryGetValue(day, out var tally)) days[day] = tally = new Tally();
            tally.Add(row);
            total.Add(row);
        }
        return new Report { From = range.From, To = range.To, TimeZone = tenant.TimeZone, Total = total.Figures, Days = [.. days.Select(d => new Day { Date = d.Key, Figures = d.Value.Figures })] };
    }

    private sealed class Tally
    {
        private readonly int[] counts = new int[5];
        private double scores;

        public void Add(Row row)
        {
            counts[(int)row.Label]++;
            scores += row.Score;
        }

        public Figures Figures => new()
        {
            N = counts.Sum(),
            Negative = counts[(int)SentimentLabel.Negative],
            Neutral = counts[(int)SentimentLabel.Neutral],
            Positive = counts[(int)SentimentLabel.Positive],
            Mixed = counts[(int)SentimentLabel.Mixed],
            NegativeShare = RateFigure.Of(Rate.Of(counts[(int)SentimentLabel.Negative], counts.Sum())),
            MeanScore = counts.Sum() == 0 ? null : Math.Round(scores / counts.Sum(), 4),
        };
    }

    private sealed record Row
    {
        public required DateTimeOffset OccurredAt { get; init; }
        public required SentimentLabel Label { get; init; }
        public required double Score { get; init; }
    }

    private static readonly TenantSql Read = TenantSql.Of("""
        SELECT s.OccurredAt, s.Label, s.Score
        FROM InteractionSentiments s
        WHERE s.TenantId = @TenantId
          AND s.OccurredAt >= @Starts
          AND s.OccurredAt < @Ends
        """);
}
