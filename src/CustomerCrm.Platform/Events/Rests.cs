using System.Collections.Concurrent;

namespace CustomerCrm.Platform.Events;

/// <summary>Who takes no events for a while: one consumer of a tenant, or all of them. Work that has been done is paid for with time in which others write.</summary>
internal sealed class Rests(TimeProvider clock)
{
    // Until which timestamp; null stands for all consumers.
    private readonly ConcurrentDictionary<(int Tenant, string? Consumer), long> ends = new();

    public bool Has(int tenantId, string? consumer = null) => ends.ContainsKey((tenantId, consumer));

    public void Begin(int tenantId, string? consumer, TimeSpan time) => ends[(tenantId, consumer)] = clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);

    public void Clear() => ends.Clear();

    /// <summary>Ends what has lasted long enough.</summary>
    /// <param name="over">Whose it was.</param>
    /// <returns>When the next one ends; null if nobody rests.</returns>
    public TimeSpan? End(Action<int> over)
    {
        TimeSpan? next = null;
        var now = clock.GetTimestamp();
        foreach (var (who, end) in ends)
        {
            var left = clock.GetElapsedTime(now, end);
            if (left > TimeSpan.Zero) next = left < next || next is null ? left : next;
            else if (ends.TryRemove(who, out _)) over(who.Tenant);
        }
        return next;
    }
}
