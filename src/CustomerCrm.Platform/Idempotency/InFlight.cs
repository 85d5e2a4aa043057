using System.Collections.Concurrent;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Idempotency;

/// <summary>The keys whose first request is running in this process. A repeat waits for it, a little; other processes meet at the database.</summary>
internal sealed class InFlight(TimeProvider clock)
{
    /// <summary>How long a repeat waits for the first.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(int TenantId, string Key), TaskCompletionSource> running = new();

    /// <exception cref="ApiProblem">409 with Retry-After: the first request is still running after five seconds.</exception>
    public async Task<IDisposable> EnterAsync(int tenantId, string key, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (running.GetOrAdd((tenantId, key), mine) is var first && first != mine)
        {
            try
            {
                await first.Task.WaitAsync(giveUp.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw StillRunning();
            }
        }
        return new Turn(this, (tenantId, key), mine);
    }

    public static ApiProblem StillRunning() =>
        ApiProblem.Other(409, "request_in_progress", "The first request with this Idempotency-Key is still running.", TimeSpan.FromSeconds(1));

    private sealed class Turn(InFlight all, (int, string) key, TaskCompletionSource done) : IDisposable
    {
        public void Dispose()
        {
            all.running.TryRemove(key, out _);
            done.TrySetResult();
        }
    }
}
