using Microsoft.Extensions.Hosting;

namespace CustomerCrm.Platform.Health;

/// <summary>
/// First of all on SIGTERM: not ready any more, while requests are still taken for a moment, so that a load balancer that asks
/// readiness sends no more before the door closes.
/// </summary>
internal sealed class DrainOnStop(Readiness readiness, TimeSpan drain) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken ct)
    {
        readiness.Stop();
        if (drain > TimeSpan.Zero) await Task.Delay(drain, ct);
    }

    public Task StartingAsync(CancellationToken ct) => Task.CompletedTask;
    public Task StartAsync(CancellationToken ct) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken ct) => Task.CompletedTask;
    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken ct) => Task.CompletedTask;
}
