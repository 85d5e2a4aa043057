using CustomerCrm.Platform.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Events;

/// <summary>Runs the bus in the background: woken when this process commits events, and looking by itself once a second.</summary>
internal sealed class BusWorker(Bus bus, BusSignal signal, IOptions<JobOptions> options, TimeProvider clock, ILogger<BusWorker> log) : BackgroundService
{
    // A wait counts in whole ones, and to wait for none would be to look over and over.
    private static TimeSpan WholeMilliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        long? looked = null;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (looked is not { } at || clock.GetElapsedTime(at) >= options.Value.PollEvery)
                {
                    looked = clock.GetTimestamp();
                    await bus.LookAsync(stopping);
                }
                var rested = bus.RingRested() ?? options.Value.PollEvery;
                if (await bus.RunNextAsync(stopping) is null) await signal.Turns.WaitAsync(rested < options.Value.PollEvery ? WholeMilliseconds(rested) : options.Value.PollEvery, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning(e, "The bus cannot be read just now");
                looked = clock.GetTimestamp();
            }
        }
    }
}
