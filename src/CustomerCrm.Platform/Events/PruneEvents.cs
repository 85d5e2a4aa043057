using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Platform.Events;

/// <summary>Takes events older than 30 days out of the feed. The timeline does not read it, so no history is lost.</summary>
public sealed record PruneEvents;

internal sealed class PruneEventsJob(TenantDb db, TimeProvider clock) : IJob<PruneEvents>
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private const int AtOnce = 1000;

    public async Task RunAsync(PruneEvents work, CancellationToken ct)
    {
        var last = await db.FindAsync<long?>(LastOld, new { Before = clock.GetUtcNow() - KeptFor }, ct);
        var next = await db.FindAsync<long?>(First, null, ct);
        // Piece by piece, so that no writer waits long.
        while (next <= last)
        {
            ct.ThrowIfCancellationRequested();
            next = Math.Min(next.Value + AtOnce, last.Value + 1);
            await db.ExecuteAsync(Prune, new { Before = next }, ct);
        }
    }

    private static readonly TenantSql LastOld = TenantSql.Of("""
        SELECT MAX(e.Seq) AS Seq
        FROM Events e
        WHERE e.TenantId = @TenantId AND e.OccurredAt < @Before
        """);

    private static readonly TenantSql First = TenantSql.Of("""
        SELECT MIN(e.Seq) AS Seq
        FROM Events e
        WHERE e.TenantId = @TenantId
        """);

    private static readonly TenantSql Prune = TenantSql.Of("""
        DELETE FROM Events
        WHERE TenantId = @TenantId AND Seq < @Before
        """);
}
