using CustomerCrm.Platform.Data;

namespace CustomerCrm.Reports.Figures;

/// <summary>The times that reports of service are about: waits for an answer (r), and whole tickets (f).</summary>
internal static class DurationSources
{
    public static DurationSource FirstResponse { get; } = new(
        narrowed => FirstResponseBuckets!.And(narrowed).Then("GROUP BY r.Bucket ORDER BY r.Bucket"),
        narrowed => FirstResponseValues!.And(narrowed).Then("ORDER BY r.Seconds"));

    public static DurationSource FirstResponseOpen { get; } = new(
        narrowed => FirstResponseOpenBuckets!.And(narrowed).Then("GROUP BY r.BusinessBucket ORDER BY r.BusinessBucket"),
        narrowed => FirstResponseOpenValues!.And(narrowed).Then("ORDER BY r.BusinessSeconds"));

    public static DurationSource NextResponse { get; } = new(
        narrowed => NextResponseBuckets!.And(narrowed).Then("GROUP BY r.Bucket ORDER BY r.Bucket"),
        narrowed => NextResponseValues!.And(narrowed).Then("ORDER BY r.Seconds"));

    public static DurationSource NextResponseOpen { get; } = new(
        narrowed => NextResponseOpenBuckets!.And(narrowed).Then("GROUP BY r.BusinessBucket ORDER BY r.BusinessBucket"),
        narrowed => NextResponseOpenValues!.And(narrowed).Then("ORDER BY r.BusinessSeconds"));

    public static DurationSource Resolution { get; } = new(
        narrowed => ResolutionBuckets!.And(narrowed).Then("GROUP BY f.Bucket ORDER BY f.Bucket"),
        narrowed => ResolutionValues!.And(narrowed).Then("ORDER BY f.Seconds"));

    public static DurationSource ResolutionOpen { get; } = new(
        narrowed => ResolutionOpenBuckets!.And(narrowed).Then("GROUP BY f.BusinessBucket ORDER BY f.BusinessBucket"),
        narrowed => ResolutionOpenValues!.And(narrowed).Then("ORDER BY f.BusinessSeconds"));

    public static DurationSource Handling { get; } = new(
        narrowed => HandlingBuckets!.And(narrowed).Then("GROUP BY f.HandleBucket ORDER BY f.HandleBucket"),
        narrowed => HandlingValues!.And(narrowed).Then("ORDER BY f.HandleSeconds"));

    private static readonly TenantSql FirstResponseBuckets = TenantSql.Of("""
        SELECT r.Bucket AS Bucket, COUNT(*) AS Count, SUM(CAST(r.Seconds AS FLOAT)) AS Sum, SUM(CAST(r.Seconds AS FLOAT) * r.Seconds) AS Squares
        FROM ServiceReplies r
        WHERE r.TenantId = @TenantId
          AND r.RepliedAt >= @Starts
          AND r.RepliedAt < @Ends
          AND r.Cycle = 1
        """);

    private static readonly TenantSql FirstResponseValues = TenantSql.Of("""
        SELECT CAST(r.Seconds AS FLOAT)
        FROM ServiceReplies r
        WHERE r.TenantId = @TenantId
          AND r.RepliedAt >= @Starts
          AND r.RepliedAt < @Ends
          AND r.Cycle = 1
        """);

    private static readonly TenantSql FirstResponseOpenBuckets = TenantSql.Of("""
        SELECT r.BusinessBucket AS Bucket, COUNT(*) AS Count, SUM(CAST(r.BusinessSeconds AS FLOAT)) AS Sum, SUM(CAST(r.BusinessSeconds AS FLOAT) * r.BusinessSeconds) AS Squares
        FROM ServiceReplies r
        WHERE r.TenantId = @TenantId
          AND r.RepliedAt >= @Starts
          AND r.RepliedAt < @Ends
          AND r.Cycle = 1
        """);

    private static readonly TenantSql FirstResponseOpenValues = TenantSql.Of("""
        SELECT CAST(r.BusinessSeconds AS FLOAT)
        FROM ServiceReplies r
        WHERE r.TenantId = @TenantId
          AND r.RepliedAt >= @Starts
          AND r.RepliedAt < @Ends
          AND r.Cycle = 1
        """);

    private static readonly TenantSql NextResponseBuckets = TenantSql.Of("""
        SELECT r.Bucket AS Bucket, COUNT(*) AS Count, SUM(CAST(r.Seconds AS FLOAT)) AS Sum, SUM(CAST(r.Seconds AS FLOAT) * r.Seconds) AS Squares
        FROM ServiceReplies r
        WHERE r.TenantId = @TenantId
          AND r.RepliedAt >= @Starts
          AND r.RepliedAt < @Ends
          AND r.Cycle > 1
        """);

    private static readonly TenantSql NextResponseValues = TenantSql.Of("""
        SELECT CAST(r.Seconds AS FLOAT)
        FROM ServiceReplies r
        WHERE r.TenantId = @TenantId
          AND r.RepliedAt >= @Starts
          AND r.RepliedAt < @Ends
          AND r.Cycle > 1
        """);

    private static readonly TenantSql NextResponseOpenBuckets = TenantSql.Of("""
        SELECT r.BusinessBucket AS Bucket, COUNT(*) AS Count, SUM(CAST(r.BusinessSeconds AS FLOAT)) AS Sum, SUM(CAST(r.BusinessSeconds AS FLOAT) * r.BusinessSeconds) AS Squares
        FROM ServiceReplies r
        WHERE r.TenantId = @TenantId
          AND r.RepliedAt >= @Starts
          AND r.RepliedAt < @Ends
          AND r.Cycle > 1
        """);

    private static readonly TenantSql NextResponseOpenValues = TenantSql.Of("""
        SELECT CAST(r.BusinessSeconds AS FLOAT)
        FROM ServiceReplies r
        WHERE r.TenantId = @TenantId
          AND r.RepliedAt >= @Starts
          AND r.RepliedAt < @Ends
          AND r.Cycle > 1
        """);

    private static readonly TenantSql ResolutionBuckets = TenantSql.Of("""
        SELECT f.Bucket AS Bucket, COUNT(*) AS Count, SUM(CAST(f.Seconds AS FLOAT)) AS Sum, SUM(CAST(f.Seconds AS FLOAT) * f.Seconds) AS Squares
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt >= @Starts
          AND f.SolvedAt < @Ends
        """);

    private static readonly TenantSql ResolutionValues = TenantSql.Of("""
        SELECT CAST(f.Seconds AS FLOAT)
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt >= @Starts
          AND f.SolvedAt < @Ends
        """);

    private static readonly TenantSql ResolutionOpenBuckets = TenantSql.Of("""
        SELECT f.BusinessBucket AS Bucket, COUNT(*) AS Count, SUM(CAST(f.BusinessSeconds AS FLOAT)) AS Sum, SUM(CAST(f.BusinessSeconds AS FLOAT) * f.BusinessSeconds) AS Squares
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt >= @Starts
          AND f.SolvedAt < @Ends
        """);

    private static readonly TenantSql ResolutionOpenValues = TenantSql.Of("""
        SELECT CAST(f.BusinessSeconds AS FLOAT)
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt >= @Starts
          AND f.SolvedAt < @Ends
        """);

    private static readonly TenantSql HandlingBuckets = TenantSql.Of("""
        SELECT f.HandleBucket AS Bucket, COUNT(*) AS Count, SUM(CAST(f.HandleSeconds AS FLOAT)) AS Sum, SUM(CAST(f.HandleSeconds AS FLOAT) * f.HandleSeconds) AS Squares
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt >= @Starts
          AND f.SolvedAt < @Ends
          AND f.Replies > 0
        """);

    private static readonly TenantSql HandlingValues = TenantSql.Of("""
        SELECT CAST(f.HandleSeconds AS FLOAT)
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.SolvedAt >= @Starts
          AND f.SolvedAt < @Ends
          AND f.Replies > 0
        """);
}
