using System.Collections.Concurrent;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>
/// Serves endpoints, each by itself: one that is dead or slow keeps nobody waiting but its own deliveries. It begins with one
/// delivery at a time and doubles while the endpoint takes all; it stays when some fail, halves when most do, and is one again when all do.
/// </summary>
internal sealed class WebhookSender(IServiceScopeFactory scopes, WebhookClaims claims, WebhookCall call, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookSender> log) : IDisposable
{
    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(5), afterTrouble = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(int Tenant, Guid Webhook), int> widths = new();
    private readonly SemaphoreSlim byHand = new(1);

    // Endpoints that answered last time have room of their own, which hanging ones cannot fill.
    private readonly SemaphoreSlim answering = new(options.Value.MostAtOnce / 4), others = new(options.Value.MostAtOnce - options.Value.MostAtOnce / 4);

    /// <summary>Sends all that is due now, and waits for it.</summary>
    /// <returns>How many attempts were made.</returns>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        await byHand.WaitAsync(ct); // else a second caller sees nothing due while the first still sends it
        try
        {
            for (var sent = 0; ;)
            {
                var leases = await claims.TakeAsync(ct);
                if (leases.Count == 0) return sent;
                sent += (await Task.WhenAll(leases.Select(lease => ServeAsync(lease, ct)))).Sum();
            }
        }
        finally
        {
            byHand.Release();
        }
    }

    /// <summary>Calls an endpoint until nothing more is due to it.</summary>
    /// <returns>How many attempts were made.</returns>
    public async Task<int> ServeAsync(WebhookLease lease, CancellationToken ct)
    {
        var sent = 0;
        try
        {
            while (!ct.IsCancellationRequested)
            {
                if (await InScopeAsync(lease, queue => queue.LookAsync(lease, WidthOf(lease), ct)) is not { } work) return sent;
                if (work.Due.Count == 0)
                {
                    if (await InScopeAsync(lease, queue => queue.ReleaseAsync(lease, work.Endpoint.Bell, ct))) return sent;
                    continue;
                }
                if (await SendAsync(lease, work.Endpoint, work.Due, ct) is not { } attempts) return sent;
                sent += attempts.Length;
                if (attempts.Length == 0) continue; // held or taken back at the last moment
                if (!await InScopeAsync(lease, queue => queue.FinishAsync(lease, work.Endpoint, attempts, CancellationToken.None))) return sent;
            }
            await GiveBackAsync(lease, TimeSpan.Zero); // the program stops; another process may go on at once
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await GiveBackAsync(lease, TimeSpan.Zero);
        }
        catch (Exception e)
        {
            log.LogWarning("Webhook {WebhookId} of tenant {TenantId} could not be served just now: {Trace}", lease.Key, lease.TenantId, SafeTrace.Of(e));
            await GiveBackAsync(lease, afterTrouble);
        }
        return sent;
    }

    public void Dispose()
    {
        byHand.Dispose();
        answering.Dispose();
        others.Dispose();
    }

    private int WidthOf(WebhookLease lease) => widths.GetValueOrDefault((lease.TenantId, lease.Key), 1);

    private async Task<WebhookAttempt[]?> SendAsync(WebhookLease lease, CalledEndpoint endpoint, IReadOnlyList<DueDelivery> due, CancellationToken ct)
    {
        var key = (lease.TenantId, lease.Key);
        var room = widths.ContainsKey(key) ? answering : others;
        if (!await room.WaitAsync(longestWait, ct))
        {
            await GiveBackAsync(lease, afterTrouble);
            return null;
        }
        try
        {
            // What is under way is waited for even when the program stops: it has a time limit, and what came of it should be known.
            if (await InScopeAsync(lease, queue => queue.BeginAsync(lease, due, ct)) is not { } begun) return null;
            var attempts = await Task.WhenAll(begun.Select(delivery => call.SendAsync(lease, endpoint, delivery, CancellationToken.None)));
            if (attempts.Length > 0) Pace(key, attempts.Count(a => a.IsDelivered), attempts.Length);
            return attempts;
        }
        finally
        {
            room.Release();
        }
    }

    private void Pace((int Tenant, Guid Webhook) key, int delivered, int sent)
    {
        var width = widths.GetValueOrDefault(key, 1);
        if (delivered == 0) widths.TryRemove(key, out _);
        else widths[key] = delivered == sent ? Math.Min(options.Value.MostPerEndpoint, width * 2) : delivered * 2 >= sent ? width : Math.Max(1, width / 2);
    }

    private async Task GiveBackAsync(WebhookLease lease, TimeSpan pause)
    {
        try
        {
            await InScopeAsync(lease, async queue =>
            {
                await queue.PauseAsync(lease, clock.GetUtcNow() + pause, CancellationToken.None);
                return true;
            });
        }
        catch (Exception e)
        {
            log.LogWarning("Webhook {WebhookId} could not be given back; its lease ends by itself: {Trace}", lease.Key, SafeTrace.Of(e));
        }
    }

    // No connection is held while an endpoint is waited for: each look and each note has a scope of its own.
    private async Task<T> InScopeAsync<T>(WebhookLease lease, Func<WebhookQueue, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(lease.TenantId);
        scope.ServiceProvider.GetRequiredService<Caller>().ActAs(new Actor(ActorKind.Job, null, "webhooks"));
        return await work(scope.ServiceProvider.GetRequiredService<WebhookQueue>());
    }
}
