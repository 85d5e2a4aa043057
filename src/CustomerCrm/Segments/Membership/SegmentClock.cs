using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Segments.Membership;

/// <summary>
/// Up to when a tenant's segments know what time alone has changed, and when to look again: every minute while somebody is about to
/// cross a line, every five otherwise; never for a tenant whose rules ask for no relative time.
/// </summary>
internal sealed class SegmentClock(TenantDb db, RuleClock rules, JobQueue jobs)
{
    private static readonly TimeSpan soon = TimeSpan.FromMinutes(1), later = TimeSpan.FromMinutes(5);

    /// <summary>For a rule that is about to be built: from here on, time is followed.</summary>
    public async Task StartAsync(SegmentRule rule, CancellationToken ct)
    {
        var at = await rules.NowAsync(ct);
        if (!FollowsTime(rule, at)) return;
        await db.ExecuteAsync(Begin, new { at.Now }, ct);
        await jobs.EnqueueAsync(new FollowTime(), new JobTerms { RunAt = at.Now + soon, UniqueKey = "time" }, ct);
    }

    /// <summary>As if every rule that is there were about to be built: should a job have been lost.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        foreach (var segment in await DynamicAsync(ct)) await StartAsync(segment.Rule!, ct);
    }

    public async Task<IReadOnlyList<Segment>> DynamicAsync(CancellationToken ct) =>
        SegmentOrder.Of([.. (await db.QueryAsync<Segment>(Segment.All, null, ct)).Where(segment => segment.Kind == SegmentKind.Dynamic)]);

    /// <summary>Up to when time was followed; null: it is not.</summary>
    public async Task<DateTimeOffset?> SweptAtAsync(CancellationToken ct) => await db.QueryAsync<DateTimeOffset>(Swept, null, ct) is [var sweptAt] ? sweptAt : null;

    /// <summary>Time was followed up to now; looks again when it is worth while.</summary>
    public Task MoveAsync(RuleMoment at, IReadOnlyList<Segment> segments, bool isBusy, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        await db.ExecuteAsync(Move, new { at.Now }, ct);
        if (segments.Any(segment => FollowsTime(segment.Rule!, at)))
            await jobs.EnqueueAsync(new FollowTime(), new JobTerms { RunAt = at.Now + (isBusy ? soon : later), UniqueKey = "time" }, ct);
    }, ct);

    /// <summary>The moment when an idle tenant's clock looks again.</summary>
    public static RuleMoment Next(RuleMoment at) => at with { Now = at.Now + later };

    // Every line that moves at all moves within a year and a day.
    private static bool FollowsTime(SegmentRule rule, RuleMoment at) =>
        rule.FollowsDays || !rule.BoundariesAt(at).SequenceEqual(rule.BoundariesAt(at with { Now = at.Now.AddDays(367) }));

    private static readonly TenantSql Begin = TenantSql.Of("""
        INSERT INTO SegmentClocks (TenantId, SweptAt)
        SELECT t.TenantId, @Now
        FROM Tenants t
        WHERE t.TenantId = @TenantId
          AND NOT EXISTS (SELECT 1 FROM SegmentClocks k WHERE k.TenantId = t.TenantId)
        """);

    private static readonly TenantSql Swept = TenantSql.Of("""
        SELECT k.SweptAt
        FROM SegmentClocks k
        WHERE k.TenantId = @TenantId
        """);

    private static readonly TenantSql Move = TenantSql.Of("""
        UPDATE SegmentClocks
        SET SweptAt = @Now
        WHERE TenantId = @TenantId
          AND SweptAt < @Now
        """);
}
