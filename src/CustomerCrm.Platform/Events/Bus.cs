using System.Collections.Concurrent;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Platform.Events;

/// <summary>
/// Hands events to their consumers, tenant by tenant in turn, a batch at a time. A consumer that fails for one tenant
/// waits longer and longer and skips nothing; all others go on.
/// </summary>
internal sealed class Bus(IServiceScopeFactory scopes, Databases databases, BusSignal signal, TimeProvider clock, ILogger<Bus> log) : IDisposable
{
    private readonly ConcurrentDictionary<(int Tenant, string Consumer), Pause> pauses = new();

    // Who rests after a batch, until this timestamp.
    private readonly ConcurrentDictionary<(int Tenant, string Consumer), long> rests = new();

    private readonly SemaphoreSlim byHand = new(1);
    private IReadOnlyList<string>? consumers;

    /// <summary>Everything there is to read now, whether or not a consumer waits after a failure or rests.</summary>
    /// <returns>How many events were handled, counted once for each consumer.</returns>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        await byHand.WaitAsync(ct); // else a second caller sees nothing to do while the first still does it
        try
        {
            pauses.Clear();
            for (var handled = 0; ;)
            {
                rests.Clear();
                await LookAsync(ct);
                var before = handled;
                while (await RunNextAsync(ct) is { } count)
                {
                    handled += count;
                    rests.Clear();
                }
                if (handled == before) return handled;
            }
        }
        finally
        {
            byHand.Release();
        }
    }

    public void Dispose() => byHand.Dispose();

    /// <summary>Finds the tenants that have events which somebody has not read.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        foreach (var consumer in await ConsumersAsync())
            foreach (var tenantId in await databases.QueryReachableAsync<int>(TenantsBehind, new { Name = consumer }, tenantId => tenantId, ct))
                if (MayTry(tenantId, consumer)) signal.Turns.Ring(tenantId);
    }

    /// <summary>One batch for each consumer of the tenant whose turn it is.</summary>
    /// <returns>How many events were handled; null when nobody has news.</returns>
    public async Task<int?> RunNextAsync(CancellationToken ct)
    {
        if (!signal.Turns.TryTake(mostAtOnce: 1, out var tenantId)) return null;
        try
        {
            var handled = 0;
            foreach (var consumer in await ConsumersAsync())
                if (MayTry(tenantId, consumer)) handled += await TryAsync(tenantId, consumer, ct);
            if (handled > 0) signal.Turns.Ring(tenantId); // there may be more
            return handled;
        }
        finally
        {
            signal.Turns.Finish(tenantId);
        }
    }

    /// <summary>Whoever has rested enough is served again.</summary>
    /// <returns>When the next one will have; null if nobody rests.</returns>
    public TimeSpan? RingRested()
    {
        TimeSpan? next = null;
        var now = clock.GetTimestamp();
        foreach (var (who, until) in rests)
        {
            var left = clock.GetElapsedTime(now, until);
            if (left > TimeSpan.Zero) next = left < next || next is null ? left : next;
            else if (rests.TryRemove(who, out _)) signal.Turns.Ring(who.Tenant);
        }
        return next;
    }

    private bool MayTry(int tenantId, string consumer) => !rests.ContainsKey((tenantId, consumer)) && !IsPaused(tenantId, consumer);

    private bool IsPaused(int tenantId, string consumer) =>
        pauses.TryGetValue((tenantId, consumer), out var pause) && pause.Until > clock.GetUtcNow();

    private async Task<int> TryAsync(int tenantId, string consumer, CancellationToken ct)
    {
        try
        {
            var handled = await HandAsync(tenantId, consumer, ct);
            pauses.TryRemove((tenantId, consumer), out _);
            if (handled > 0) Telemetry.EventsHandled(consumer, "done", handled);
            return handled;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var failures = pauses.TryGetValue((tenantId, consumer), out var before) ? before.Failures + 1 : 1;
            pauses[(tenantId, consumer)] = new Pause(failures, clock.GetUtcNow() + RetryDelay.After(failures, Random.Shared.NextDouble()));
            Telemetry.EventsHandled(consumer, "failed", 1);
            log.LogError("Consumer {Consumer} failed for tenant {TenantId}, {Failures} times in a row; it will be tried again: {Trace}", consumer, tenantId, failures, SafeTrace.Of(e));
            return 0;
        }
    }

    private async Task<int> HandAsync(int tenantId, string consumer, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenantId);
        scope.ServiceProvider.GetRequiredService<Caller>().ActAs(new Actor(ActorKind.Job, null, consumer));
        var tenant = scope.ServiceProvider.GetRequiredService<TenantDb>();
        var ahead = await EventCursor.LookAsync(tenant, consumer, ct);
        if (ahead.Events.Count == 0) return 0;

        var reader = scope.ServiceProvider.GetServices<IEventConsumer>().Single(c => c.Name == consumer);
        var handled = 0;
        await tenant.InTransactionAsync(async () =>
        {
            var events = await EventCursor.NextAsync(tenant, consumer, ahead, ct);
            if (events.Count == 0) return;
            await reader.HandleAsync(events, ct);
            await EventCursor.MoveAsync(tenant, consumer, events[^1].Seq, ct);
            handled = events.Count;
        }, ct);
        if (handled > 0 && reader.Rest > TimeSpan.Zero) rests[(tenantId, consumer)] = clock.GetTimestamp() + (long)(reader.Rest.TotalSeconds * clock.TimestampFrequency);
        return handled;
    }

    private async Task<IReadOnlyList<string>> ConsumersAsync()
    {
        if (consumers is not null) return consumers;
        await using var scope = scopes.CreateAsyncScope();
        return consumers = [.. scope.ServiceProvider.GetServices<IEventConsumer>().Select(c => c.Name).Distinct()];
    }

    private sealed record Pause(int Failures, DateTimeOffset Until);

    private static readonly SystemSql TenantsBehind = SystemSql.Of("""
        SELECT h.TenantId
        FROM EventHeads h
        WHERE h.LastSeq > 0
          AND NOT EXISTS (SELECT 1 FROM EventConsumers c WHERE c.TenantId = h.TenantId AND c.Name = @Name AND c.LastSeq >= h.LastSeq)
        """);
}
