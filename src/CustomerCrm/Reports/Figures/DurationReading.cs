using CustomerCrm.Platform.Data;
using CustomerCrm.Reports.Days;

namespace CustomerCrm.Reports.Figures;

/// <summary>
/// Counts times where they are: one stretch of an index, back as a few hundred buckets. Where there are not too many, the times themselves are read too, and medians are exact.
/// </summary>
internal sealed class DurationReading(TenantDb db)
{
    private const int MostValues = 20_000;

    // In the statements: which column, and which answers.
    private const int InAll = 1, Open = 2, Handled = 3, First = 1, Any = int.MaxValue;

    public async Task<Tally> TallyAsync(ServiceTime time, DateTimeOffset starts, DateTimeOffset ends, Condition narrowed, CancellationToken ct) => Tally.Of(await db.QueryAsync<BucketCount>(
        IsOfAnswers(time) ? AnswerBuckets.And(narrowed).Then("GROUP BY CASE @Which WHEN 2 THEN r.BusinessBucket ELSE r.Bucket END")
            : TicketBuckets.And(narrowed).Then("GROUP BY CASE @Which WHEN 2 THEN f.BusinessBucket WHEN 3 THEN f.HandleBucket ELSE f.Bucket END"),
        ArgsOf(time, starts, ends), ct));

    /// <summary>The same with the values, if there are few enough of them.</summary>
    public async Task<Durations> WithValuesAsync(Tally tally, ServiceTime time, DateTimeOffset starts, DateTimeOffset ends, Condition narrowed, CancellationToken ct)
    {
        if (tally.N is 0 or > MostValues) return new Durations(tally, null);
        var sql = IsOfAnswers(time) ? AnswerValues.And(narrowed).Then("ORDER BY CASE @Which WHEN 2 THEN r.BusinessSeconds ELSE r.Seconds END")
            : TicketValues.And(narrowed).Then("ORDER BY CASE @Which WHEN 2 THEN f.BusinessSeconds WHEN 3 THEN f.HandleSeconds ELSE f.Seconds END");
        var values = await db.QueryTopAsync<double>(sql, MostValues, ArgsOf(time, starts, ends), ct);
        return new Durations(tally, values.Count == tally.N ? values : null);
    }

    private static bool IsOfAnswers(ServiceTime time) => time < ServiceTime.Resolution;

    private static object ArgsOf(ServiceTime time, DateTimeOffset starts, DateTimeOffset ends) => new
    {
        Starts = starts,
        Ends = ends,
        Which = time switch { ServiceTime.FirstResponse or ServiceTime.NextResponse or ServiceTime.Resolution => InAll, ServiceTime.Handling => Handled, _ => Open },
        Lowest = time is ServiceTime.FirstResponse or ServiceTime.FirstResponseOpen ? First : First + 1,
        Highest = time is ServiceTime.FirstResponse or ServiceTime.FirstResponseOpen ? First : Any,
    };

    private const string InAnswers = "FROM ServiceReplies r WHERE r.TenantId = @TenantId AND r.RepliedAt >= @Starts AND r.RepliedAt < @Ends AND r.Cycle >= @Lowest AND r.Cycle <= @Highest";

    private const string InTickets = "FROM ServiceTickets f WHERE f.TenantId = @TenantId AND f.SolvedAt >= @Starts AND f.SolvedAt < @Ends AND (@Which <> 3 OR f.Replies > 0)";

    private const string AnswerSeconds = "CAST(CASE @Which WHEN 2 THEN r.BusinessSeconds ELSE r.Seconds END AS FLOAT)";

    private const string TicketSeconds = "CAST(CASE @Which WHEN 2 THEN f.BusinessSeconds WHEN 3 THEN f.HandleSeconds ELSE f.Seconds END AS FLOAT)";

    private static readonly TenantSql AnswerBuckets = TenantSql.Of($"SELECT CASE @Which WHEN 2 THEN r.BusinessBucket ELSE r.Bucket END AS Bucket, COUNT(*) AS Count, SUM({AnswerSeconds}) AS Sum, SUM({AnswerSeconds} * {AnswerSeconds}) AS Squares {InAnswers}");

    private static readonly TenantSql AnswerValues = TenantSql.Of($"SELECT {AnswerSeconds} {InAnswers}");

    private static readonly TenantSql TicketBuckets = TenantSql.Of($"SELECT CASE @Which WHEN 2 THEN f.BusinessBucket WHEN 3 THEN f.HandleBucket ELSE f.Bucket END AS Bucket, COUNT(*) AS Count, SUM({TicketSeconds}) AS Sum, SUM({TicketSeconds} * {TicketSeconds}) AS Squares {InTickets}");

    private static readonly TenantSql TicketValues = TenantSql.Of($"SELECT {TicketSeconds} {InTickets}");
}

/// <summary>How many times lie in a bucket, their sum and that of their squares.</summary>
internal sealed record BucketCount
{
    public required int Bucket { get; init; }
    public required long Count { get; init; }
    public double? Sum { get; init; }
    public double? Squares { get; init; }
}
