using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>Sends webhooks in the background: woken when this process commits some, and looking by itself for what others wrote or has become due.</summary>
internal sealed class WebhookWorker(WebhookSender sender, WebhookClaims claims, WebhookSignal signal, IOptions<WebhookOptions> options, ILogger<WebhookWorker> log) : BackgroundService
{
    private readonly ConcurrentDictionary<long, Task> serving = new();

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var isFree = false;
        for (var number = 0L; !stopping.IsCancellationRequested;)
        {
            try
            {
                if (!isFree) await claims.FreeAsync(stopping);
                isFree = true;
                var leases = await claims.TakeAsync(stopping);
                foreach (var lease in leases) Serve(lease, ++number, stopping);
                if (leases.Count == 0) await signal.WaitAsync(options.Value.PollEvery, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                log.LogWarning(e, "The webhooks cannot be read just now");
                await Task.Delay(options.Value.PollEvery, stopping).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
        await Task.WhenAll(serving.Values);
    }

    private void Serve(WebhookLease lease, long number, CancellationToken stopping)
    {
        var served = serving[number] = Task.Run(() => sender.ServeAsync(lease, stopping), CancellationToken.None);
        _ = served.ContinueWith(_ => serving.TryRemove(number, out Task? _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
