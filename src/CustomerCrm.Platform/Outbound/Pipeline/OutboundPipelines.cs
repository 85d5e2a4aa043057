using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Outbound.Pipeline;

/// <summary>Keeps the pipelines of those who send now, and forgets those of who has not sent for a while.</summary>
internal sealed class OutboundPipelines(IOptions<ProviderOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan idle = TimeSpan.FromMinutes(10), betweenSweeps = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(int TenantId, string Provider), Kept> kept = new();
    private long sweptAt = clock.GetTimestamp();

    public int Count => kept.Count;

    public OutboundPipeline Of(int tenantId, string provider)
    {
        Sweep();
        var found = kept.GetOrAdd((tenantId, provider), key => new Kept(new OutboundPipeline(key.Provider, options.Value.Sending, clock)));
        Volatile.Write(ref found.UsedAt, clock.GetTimestamp());
        return found.Pipeline;
    }

    // One that is still in use by then goes on for whoever holds it; the next gets a new one.
    private void Sweep()
    {
        var before = Volatile.Read(ref sweptAt);
        if (clock.GetElapsedTime(before) < betweenSweeps || Interlocked.CompareExchange(ref sweptAt, clock.GetTimestamp(), before) != before) return;
        foreach (var (key, one) in kept)
            if (clock.GetElapsedTime(Volatile.Read(ref one.UsedAt)) > idle) kept.TryRemove(new KeyValuePair<(int, string), Kept>(key, one));
    }

    private sealed class Kept(OutboundPipeline pipeline)
    {
        public OutboundPipeline Pipeline { get; } = pipeline;
        public long UsedAt;
    }
}
