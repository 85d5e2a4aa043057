using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Search;

/// <summary>Finds what the index does not know as it is: records from before there was an index, and those that were read in without an event each.</summary>
public sealed record SweepSearch;

internal sealed class SweepSearchJob(IEnumerable<ISearched> searched, SearchKeeper keeper, TenantDb db, TimeProvider clock) : IJob<SweepSearch>
{
    private const int AtOnce = 100;

    // Some at a time, each in a transaction of its own, and then as long a rest as it took: others write in between.
    public async Task RunAsync(SweepSearch work, CancellationToken ct)
    {
        foreach (var kind in searched)
        {
            IReadOnlyList<byte[]> keys = [new byte[16]];
            while ((keys = await kind.UnindexedAsync(keys[^1], AtOnce, ct)).Count > 0)
            {
                var (found, started) = (keys, clock.GetTimestamp());
                await db.InTransactionAsync(() => keeper.ReadAgainAsync(kind.Kind, found, ct), ct);
                await Task.Delay(clock.GetElapsedTime(started), ct);
            }
        }
    }
}
