using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Sentiment;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tenant;

namespace CustomerCrm.Sentiment.Shifts;

/// <summary>Look whether yesterday, or the week that ended with it, was unlike the four weeks before.</summary>
public sealed record FindShifts;

/// <summary>Each day is looked at once; a second look finds that it is written down.</summary>
internal sealed class FindShiftsJob(TenantDb db, CurrentSettings settings, EventLog events, TimeProvider clock) : IJob<FindShifts>
{
    private const int Baseline = 28;
    private static readonly int[] windows = [1, 7];

    public async Task RunAsync(FindShifts work, CancellationToken ct)
    {
        var calendar = (await settings.GetAsync(ct)).Calendar;
        var day = calendar.DayOf(clock.GetUtcNow()).AddDays(-1);
        foreach (var days in windows)
        {
            var first = calendar.StartOf(day.AddDays(1 - days));
            var now = await CountAsync(first, calendar.StartOf(day.AddDays(1)), ct);
            var before = await CountAsync(calendar.StartOf(day.AddDays(1 - days - Baseline)), first, ct);
            if (ShareShift.Between(before, now) is { IsSudden: true } shift) await WriteAsync(day, days, before, now, shift, ct);
        }
    }

    private async Task<Rate> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var counts = await db.FindAsync<Counts>(Count, new { From = from, To = to }, ct);
        return Rate.Of(counts!.Negative, counts.Total);
    }

    private Task WriteAsync(DateOnly day, int days, Rate before, Rate now, ShareShift shift, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var found = new SentimentShift
        {
            Id = Id<SentimentShift>.New(),
            Day = day,
            Days = days,
            IsWorse = shift.Difference > 0,
            NegativeCount = now.Count,
            TotalCount = now.N,
            NegativeBefore = before.Count,
            TotalBefore = before.N,
            Deviations = Math.Round(shift.Deviations, 3),
            FoundAt = clock.GetUtcNow(),
        };
        var isNew = await db.ExecuteAsync(InsertOnce, new
        {
            found.Id, found.Day, found.Days, found.IsWorse, found.NegativeCount, found.TotalCount, found.NegativeBefore, found.TotalBefore, found.Deviations, found.FoundAt,
        }, ct) == 1;
        if (isNew) events.Record("sentiment.shifted", found);
    }, ct);

    private sealed record Counts
    {
        public required int Negative { get; init; }
        public required int Total { get; init; }
    }

    private static readonly TenantSql Count = TenantSql.Of("""
        SELECT COALESCE(SUM(CASE WHEN s.Label = 1 THEN 1 ELSE 0 END), 0) AS Negative, COUNT(*) AS Total
        FROM InteractionSentiments s
        WHERE s.TenantId = @TenantId
          AND s.OccurredAt >= @From
          AND s.OccurredAt < @To
        """);

    private static readonly TenantSql InsertOnce = TenantSql.Of("""
        INSERT INTO SentimentShifts (TenantId, Id, Day, Days, IsWorse, NegativeCount, TotalCount, NegativeBefore, TotalBefore, Deviations, FoundAt)
        SELECT t.TenantId, @Id, @Day, @Days, @IsWorse, @NegativeCount, @TotalCount, @NegativeBefore, @TotalBefore, @Deviations, @FoundAt
        FROM Tenants t
        WHERE t.TenantId = @TenantId
          AND NOT EXISTS (SELECT 1 FROM SentimentShifts x WHERE x.TenantId = @TenantId AND x.Day = @Day AND x.Days = @Days)
        """);
}
