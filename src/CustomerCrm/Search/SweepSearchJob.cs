using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Search.Sources;

namespace CustomerCrm.Search;

/// <summary>Finds what the index does not know as it is: records from before there was an index, and those that were read in without an event each.</summary>
/// <param name="Kind">The kind to go on with; null: the first.</param>
/// <param name="After">The key to go on after, in hexadecimal; null: all of the kind.</param>
public sealed record SweepSearch(SearchKind? Kind = null, string? After = null);

internal sealed class SweepSearchJob(IEnumerable<ISearched> searched, SearchKeeper keeper, TenantDb db, JobQueue jobs, TimeProvider clock) : IJob<SweepSearch>
{
    private const int AtOnce = 100;
    private static readonly TimeSpan turn = TimeSpan.FromSeconds(5);

    // Some at a time, each in a transaction of its own, and then as long a rest as it took: others write in between. After some seconds
    // other jobs have their turn too.
    public async Task RunAsync(SweepSearch work, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        foreach (var kind in searched.OrderBy(s => s.Kind).Where(s => work.Kind is null || s.Kind >= work.Kind))
        {
            IReadOnlyList<byte[]> keys = [kind.Kind == work.Kind && work.After is { } after ? Convert.FromHexString(after) : new byte[16]];
            while ((keys = await kind.UnindexedAsync(keys[^1], AtOnce, ct)).Count > 0)
            {
                var (found, started) = (keys, clock.GetTimestamp());
                await db.InTransactionAsync(() => keeper.ReadAgainAsync(kind.Kind, found, ct), ct);
                if (clock.GetElapsedTime(began) > turn)
                {
                    await jobs.EnqueueAsync(new SweepSearch(kind.Kind, Convert.ToHexString(keys[^1])), ct);
                    return;
                }
                await Task.Delay(clock.GetElapsedTime(started), ct);
            }
        }
    }
}
