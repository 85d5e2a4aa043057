using System.Collections.Concurrent;

namespace CustomerCrm.Platform.People;

/// <summary>One token bucket for each name, kept as the moment at which it would be full again (the generic cell rate algorithm). In this process alone.</summary>
/// <param name="capacity">How many tries at once.</param>
/// <param name="refill">In what time one comes back.</param>
/// <param name="clock">Whose monotonic side is used.</param>
internal sealed class Buckets(int capacity, TimeSpan refill, TimeProvider clock)
{
    private const int Most = 100_000;

    private readonly long perTry = (long)(refill.TotalSeconds * clock.TimestampFrequency);
    private readonly ConcurrentDictionary<string, long> fullAt = new(StringComparer.Ordinal);

    /// <returns>Null when one was taken; else how long until there is one.</returns>
    public TimeSpan? TryTake(string name)
    {
        var now = clock.GetTimestamp();
        if (fullAt.Count >= Most) Forget(now);
        while (true)
        {
            var before = fullAt.GetOrAdd(name, now);
            var after = Math.Max(before, now) + perTry;
            if (after - now > perTry * capacity) return TimeSpan.FromSeconds((double)(after - now - perTry * capacity) / clock.TimestampFrequency);
            if (fullAt.TryUpdate(name, after, before)) return null;
        }
    }

    /// <summary>The try was a good one and does not count.</summary>
    public void GiveBack(string name)
    {
        while (fullAt.TryGetValue(name, out var before))
            if (fullAt.TryUpdate(name, before - perTry, before)) return;
    }

    private void Forget(long now)
    {
        foreach (var bucket in fullAt)
            if (bucket.Value <= now) fullAt.TryRemove(bucket);
        if (fullAt.Count >= Most) fullAt.Clear();
    }
}
