using System.Collections.Concurrent;
using System.Data.Common;
using CustomerCrm.Platform.Health;

namespace CustomerCrm.Platform.Data.Secondaries;

/// <summary>
/// A readable secondary of one database, which follows it by some seconds, and what this process knows of it: up to when it has followed
/// (<see cref="SecondaryWatch"/> asks), and when each tenant last wrote. Only what may be old is read there: see <see cref="LaggingReader"/>.
/// </summary>
internal sealed class Secondary(Database database, ReadTerms terms, TimeProvider? clock = null)
{
    private readonly ConcurrentDictionary<int, long> written = new();
    private volatile TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long seen; // ticks; 0: it does not answer

    public Database Database => database;

    public TimeProvider Clock { get; } = clock ?? TimeProvider.System;

    /// <summary>All that was committed before this moment is there; null where it does not answer.</summary>
    public DateTimeOffset? Seen => Volatile.Read(ref seen) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Whether it answers and follows; if not, everything is read from the primary.</summary>
    public bool IsUsable => terms.PlaceSince(Seen, DateTimeOffset.MinValue, Clock.GetUtcNow()) == ReadPlace.Secondary;

    /// <summary>What it has followed up to, zero where it does not answer.</summary>
    public TimeSpan Lag => Seen is { } moment && Clock.GetUtcNow() - moment is { Ticks: > 0 } lag ? lag : TimeSpan.Zero;

    /// <summary>The tenant has committed something, or come to live here.</summary>
    public void Wrote(int tenantId) => written[tenantId] = Clock.GetUtcNow().UtcTicks;

    public void Saw(DateTimeOffset moment)
    {
        Volatile.Write(ref seen, moment.UtcTicks);
        Interlocked.Exchange(ref moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>It did not answer. Nobody asks it again before the watch has.</summary>
    public void Failed() => Volatile.Write(ref seen, 0);

    /// <summary>Where a tenant's read goes.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="since">All before this moment is enough; null for all that the tenant has written.</param>
    public ReadPlace PlaceFor(int tenantId, DateTimeOffset? since) => since is { } moment
        ? terms.PlaceSince(Seen, moment, Clock.GetUtcNow())
        : terms.PlaceFor(Seen, new DateTimeOffset(written.GetValueOrDefault(tenantId), TimeSpan.Zero), Clock.GetUtcNow());

    /// <summary>Waits until all before this moment is there, or the time is over.</summary>
    public async Task FollowAsync(DateTimeOffset moment, TimeSpan atMost, CancellationToken ct)
    {
        var until = Clock.GetUtcNow() + atMost;
        while (true)
        {
            var next = moved.Task;
            if (Seen is null || Seen > moment || until - Clock.GetUtcNow() is not { Ticks: > 0 } left) return;
            await next.WaitAsync(left, Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <returns>Null: it does not answer.</returns>
    public async ValueTask<DbConnection?> TryRentAsync(int tenantId, CancellationToken ct)
    {
        try
        {
            return await database.RentReaderAsync(tenantId, ct);
        }
        catch (DbException)
        {
            Failed();
            Telemetry.ReadMayLag(ReadPlace.Down);
            return null;
        }
    }
}
