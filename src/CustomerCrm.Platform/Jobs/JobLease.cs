namespace CustomerCrm.Platform.Jobs;

/// <summary>Keeps a running job's lease alive, for as long as this is not disposed, and tells when it was lost.</summary>
internal sealed class JobLease : IAsyncDisposable
{
    private readonly CancellationTokenSource lost;
    private readonly CancellationTokenSource done = new();
    private readonly Task keeping;

    private JobLease(JobStore store, ClaimedJob job, TimeSpan every, TimeProvider clock, CancellationToken abort)
    {
        lost = CancellationTokenSource.CreateLinkedTokenSource(abort);
        keeping = KeepAsync(store, job, every, clock);
    }

    /// <summary>Cancelled when the job must stop: another worker has it, or the program ends.</summary>
    public CancellationToken Lost => lost.Token;

    public static JobLease Keep(JobStore store, ClaimedJob job, TimeSpan every, TimeProvider clock, CancellationToken abort) =>
        new(store, job, every, clock, abort);

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await keeping;
        done.Dispose();
        lost.Dispose();
    }

    private async Task KeepAsync(JobStore store, ClaimedJob job, TimeSpan every, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(every, clock);
        while (await TickAsync(timer))
        {
            try
            {
                if (await store.RenewAsync(job, done.Token)) continue;
                await lost.CancelAsync();
                return;
            }
            catch (Exception)
            {
                // Finished meanwhile, or the database is busy: there are two more chances before the lease ends, and the
                // fence decides in any case.
            }
        }
    }

    private async Task<bool> TickAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(done.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
