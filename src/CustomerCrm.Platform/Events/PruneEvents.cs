using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Platform.Events;

/// <summary>Takes events older than 30 days out of the feed. The timeline does not read it, so no history is lost. A consumer that has been stuck for all of that time loses them too.</summary>
public sealed record PruneEvents;

internal sealed class PruneEventsJob(TenantDb db, TimeProvider clock) : IJob<PruneEvents>
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private const int AtOnce = 500;

    // From the oldest on and piece by piece, so that no writer waits long and no index on the time is needed.
    public async Task RunAsync(PruneEvents work, CancellationToken ct)
    {
        var before = clock.GetUtcNow() - KeptFor;
        while (true)
        {
            var oldest = await db.QueryTopAsync<Row>(Oldest, AtOnce, null, ct);
            var expired = oldest.TakeWhile(e => e.OccurredAt < before).ToArray();
            if (expired.Length > 0) await db.ExecuteAsync(Prune, new { expired[^1].Seq }, ct);
            if (expired.Length < AtOnce) return;
        }
    }

    private sealed record Row
    {
        public required long Seq { get; init; }
        public required DateTimeOffset OccurredAt { get; init; }
    }

    private static readonly TenantSql Oldest = TenantSql.Of("""
        SELECT e.Seq, e.OccurredAt
        FROM Events e
        WHERE e.TenantId = @TenantId
        ORDER BY e.Seq
        """);

    private static readonly TenantSql Prune = TenantSql.Of("""
        DELETE FROM Events
        WHERE TenantId = @TenantId AND Seq <= @Seq
        """);
}
