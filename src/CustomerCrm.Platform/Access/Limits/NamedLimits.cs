using System.Collections.Concurrent;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Access.Limits;

/// <summary>Limits of single things that cost more than a request: each name has a token bucket in this process.</summary>
public sealed class NamedLimits(TimeProvider clock)
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<string, long> fullAt = new(StringComparer.Ordinal);

    /// <param name="policy">What the answer calls it: <c>chat_starts</c>.</param>
    /// <param name="name">Whose bucket.</param>
    /// <param name="size">How large it is; a capacity of 0 switches the limit off.</param>
    /// <exception cref="ApiProblem">429: it is empty.</exception>
    public void Take(string policy, string name, BucketOptions size)
    {
        if (size.Capacity == 0) return;
        var (now, each, key) = (clock.GetTimestamp(), (long)(clock.TimestampFrequency / size.RefillPerSecond), $"{policy} {name}");
        if (fullAt.Count >= Most) fullAt.Clear();
        while (true)
        {
            var before = fullAt.GetOrAdd(key, now);
            var after = Math.Max(before, now) + each;
            if (after - now > each * size.Capacity) throw ApiProblem.QuotaExceeded(policy, TimeSpan.FromSeconds(Math.Ceiling((double)(after - now - (each * size.Capacity)) / clock.TimestampFrequency)));
            if (fullAt.TryUpdate(key, after, before)) return;
        }
    }
}
