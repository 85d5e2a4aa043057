namespace CustomerCrm.Platform.Jobs;

/// <summary>
/// Who is served next. Everyone who has work stands in the ring once, however much it is, and goes to its end when served:
/// a hundred thousand jobs of one tenant delay another's by one. Finding the next costs nothing in the database.
/// </summary>
internal class Turns<TKey> : IDisposable where TKey : struct
{
    private const int MostRings = 64;
    private readonly Lock gate = new();
    private readonly LinkedList<TKey> ring = [];
    private readonly HashSet<TKey> standing = [];
    private readonly Dictionary<TKey, int> served = [];
    private readonly SemaphoreSlim bell = new(0);

    /// <summary>There is, or may be, work of this one.</summary>
    public void Ring(TKey key)
    {
        lock (gate)
        {
            if (standing.Add(key)) ring.AddLast(key);
            if (bell.CurrentCount < MostRings) bell.Release();
        }
    }

    /// <summary>Takes the next who is served fewer than <paramref name="mostAtOnce"/> times right now. <see cref="Finish"/> must follow.</summary>
    public bool TryTake(int mostAtOnce, out TKey key)
    {
        lock (gate)
        {
            for (var next = ring.First; next is not null; next = next.Next)
            {
                var running = served.GetValueOrDefault(next.Value);
                if (running >= mostAtOnce) continue;
                key = next.Value;
                served[key] = running + 1;
                ring.Remove(next);
                standing.Remove(key);
                return true;
            }
        }
        key = default;
        return false;
    }

    public void Finish(TKey key)
    {
        lock (gate)
        {
            if (--served[key] == 0) served.Remove(key);
            if (standing.Contains(key) && bell.CurrentCount < MostRings) bell.Release();
        }
    }

    /// <summary>Until someone rings, at most this long.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => bell.WaitAsync(atMost, ct);

    public void Dispose()
    {
        bell.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Whose job is next, by tenant.</summary>
internal sealed class JobTurns : Turns<int>;
