using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Track.Visitors;

/// <summary>Forget what visitors did long ago who never said who they are: anyone can send it, so it must not pile up for ever.</summary>
public sealed record ForgetVisitors;

internal sealed class ForgetVisitorsJob(TenantDb db, TimeProvider clock) : IJob<ForgetVisitors>
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(180);
    private const int AtOnce = 1000;

    // From the oldest on and piece by piece, so that no writer waits long.
    public async Task RunAsync(ForgetVisitors work, CancellationToken ct)
    {
        var before = clock.GetUtcNow() - KeptFor;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var oldest = await db.QueryTopAsync<Row>(Oldest, AtOnce, null, ct);
            var expired = oldest.TakeWhile(e => e.ReceivedAt < before).ToArray();
            if (expired.Length > 0) await db.ExecuteAsync(Forget, new { Through = expired[^1].Id }, ct);
            if (expired.Length < AtOnce) return;
        }
    }

    private sealed record Row
    {
        public required Id<TrackedEvent> Id { get; init; }
        public required DateTimeOffset ReceivedAt { get; init; }
    }

    private static readonly TenantSql Oldest = TenantSql.Of("""
        SELECT e.Id, e.ReceivedAt
        FROM TrackedEvents e
        WHERE e.TenantId = @TenantId
          AND e.CustomerId IS NULL
        ORDER BY e.Id
        """);

    private static readonly TenantSql Forget = TenantSql.Of("""
        DELETE FROM TrackedEvents
        WHERE TenantId = @TenantId
          AND CustomerId IS NULL
          AND Id <= @Through
        """);
}
