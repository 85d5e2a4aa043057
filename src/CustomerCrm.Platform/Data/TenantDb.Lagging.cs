using CustomerCrm.Platform.Data.Secondaries;

namespace CustomerCrm.Platform.Data;

/// <summary>What may be read from a secondary.</summary>
public sealed partial class TenantDb
{
    private static readonly TimeSpan timeToFollow = TimeSpan.FromSeconds(5);

    private LaggingReader? lagging; // where what is read may be some seconds old

    /// <summary>What is read from now on may be some seconds old, so a secondary may be asked. It ends with the first transaction.</summary>
    /// <param name="since">All that was committed before this moment is enough; null for all that the tenant has written through this process.</param>
    public void MayLag(DateTimeOffset? since = null) => lagging ??= new LaggingReader(since);

    /// <summary>As <see cref="MayLag"/>, for work that nobody waits for: a secondary that is a little behind gets the time to follow.</summary>
    public async Task MayLagAsync(DateTimeOffset since, CancellationToken ct)
    {
        if ((await HereAsync(ct)).Secondary is { } secondary) await secondary.FollowAsync(since, timeToFollow, ct);
        MayLag(since);
    }

    /// <summary>All that was committed before this moment was there to be read; null where there was no more of it: the answer is the primary's.</summary>
    internal DateTimeOffset? AsOf => lagging?.AsOf;

    /// <summary>Reads what others than this request will go by, such as what is remembered: never from a secondary.</summary>
    public async Task<T> CurrentlyAsync<T>(Func<Task<T>> read)
    {
        if (lagging is not { } kept) return await read();
        var moment = transaction;
        (lagging, transaction) = (null, kept.IsOpen ? null : moment);
        try
        {
            return await read();
        }
        finally
        {
            (lagging, transaction) = (kept, moment);
        }
    }

    // A statement by itself is tried once more from the primary; one of a snapshot with all the others.
    private Task<T> ReadAsync<T>(Func<Task<T>> read) => lagging is null || transaction is not null ? RunAsync(read) : BehindAsync(lagging, read);

    private Task<T> BehindAsync<T>(LaggingReader from, Func<Task<T>> read) => RunAsync(() => from.TryAsync(read));

    private async ValueTask EndLagAsync()
    {
        if (lagging is null) return;
        await lagging.DisposeAsync();
        lagging = null;
    }
}
