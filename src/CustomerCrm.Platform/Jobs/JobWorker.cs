using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Jobs;

/// <summary>
/// Runs jobs in the background. It is woken when this process commits a job, and looks by itself once a second for
/// those of other processes. On stop it takes no more, lets the running ones finish, and after a grace puts them back.
/// </summary>
internal sealed class JobWorker(JobRunner runner, JobTurns turns, IOptions<JobOptions> options, ILogger<JobWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var abort = new CancellationTokenSource();
        await using var onStop = stopping.Register(() => abort.CancelAfter(options.Value.StopGrace));
        var loops = Enumerable.Range(0, options.Value.Concurrency).Select(_ => Task.Run(() => WorkAsync(stopping, abort.Token), CancellationToken.None));
        await Task.WhenAll(loops.Append(LookAsync(stopping)));
    }

    private async Task WorkAsync(CancellationToken stopping, CancellationToken abort)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await runner.RunNextAsync(stopping, abort)) await turns.WaitAsync(options.Value.PollEvery, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) // the database is away: the lease ends by itself, so nothing is lost
            {
                log.LogWarning(e, "The job queue cannot be used just now");
                await PauseAsync(stopping);
            }
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await runner.LookAsync(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning(e, "The job queue cannot be read just now");
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await PauseAsync(stopping);
        }
    }

    private Task PauseAsync(CancellationToken stopping) =>
        Task.Delay(options.Value.PollEvery, stopping).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
