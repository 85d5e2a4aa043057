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
    // Looking for a tenant's events costs the same for one as for a hundred: while it writes much, it is not done anew for every few.
    private static readonly TimeSpan breath = TimeSpan.FromMilliseconds(25);

    private readonly ConcurrentDictionary<(int Tenant, string Consumer), Pause> pauses = new();

    private readonly Rests rests = new(clock);
    private readonly SemaphoreSlim byHand = new(1);
    private IReadOnlyDictionary<string, Type>? consumers;

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
        foreach (var consumer in (await ConsumersAsync()).Keys)
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
            if (rests.Has(tenantId)) return 0; // it is rung for when it has rested
            var ready = (await ConsumersAsync()).Where(c => MayTry(tenantId, c.Key)).ToArray();
            var (handled, isMore) = ready.Length == 0 ? (0, false) : await HandOutAsync(tenantId, ready, ct);
            if (isMore) signal.Turns.Ring(tenantId);
            else if (handled > 0) rests.Begin(tenantId, null, breath);
            return handled;
        }
        finally
        {
            signal.Turns.Finish(tenantId);
        }
    }

    /// <summary>Whoever has rested enough is served again.</summary>
    /// <returns>When the next one will have; null if nobody rests.</returns>
    public TimeSpan? RingRested() => rests.End(signal.Turns.Ring);

    private bool MayTry(int tenantId, string consumer) => !rests.Has(tenantId, consumer) && !IsPaused(tenantId, consumer);

    private bool IsPaused(int tenantId, string consumer) =>
        pauses.TryGetValue((tenantId, consumer), out var pause) && pause.Until > clock.GetUtcNow();

    // What follows is read once for all who stand at the same place, and whom none of it concerns is only moved on.
    private async Task<(int Handled, bool IsMore)> HandOutAsync(int tenantId, IReadOnlyList<KeyValuePair<string, Type>> ready, CancellationToken ct)
    {
        await using var beside = ScopeFor(tenantId, nameof(Bus));
        var db = beside.ServiceProvider.GetRequiredService<TenantDb>();
        var (handled, isMore) = (0, false);
        foreach (var look in await EventCursor.LookAsync(db, [.. ready.Select(c => c.Key)], ct))
        {
            var passed = new List<string>();
            foreach (var (name, type) in ready.Where(c => look.Consumers.Contains(c.Key)))
                if (await ConcernsAsync(beside.ServiceProvider, type, look.Ahead.Events, ct)) handled += await TryAsync(tenantId, name, type, look.Ahead, ct);
                else passed.Add(name);
            if (passed.Count > 0) await EventCursor.PassAsync(db, passed, look.Ahead, ct);
            handled += look.Ahead.Events.Count * passed.Count;
            isMore |= look.Ahead.IsFull;
        }
        return (handled, isMore && handled > 0);
    }

    private async ValueTask<bool> ConcernsAsync(IServiceProvider services, Type consumer, IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        try
        {
            return await ((IEventConsumer)services.GetRequiredService(consumer)).ConcernsAsync(events, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Consumer {Consumer} could not say whether events concern it: {Trace}", consumer.Name, SafeTrace.Of(e));
            return true; // and if that is not to be known when it handles them either, it is tried again
        }
    }

    private async Task<int> TryAsync(int tenantId, string consumer, Type type, Ahead ahead, CancellationToken ct)
    {
        try
        {
            var handled = await HandAsync(tenantId, consumer, type, ahead, ct);
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

    private async Task<int> HandAsync(int tenantId, string consumer, Type type, Ahead ahead, CancellationToken ct)
    {
        await using var scope = ScopeFor(tenantId, consumer);
        var tenant = scope.ServiceProvider.GetRequiredService<TenantDb>();
        var reader = (IEventConsumer)scope.ServiceProvider.GetRequiredService(type);
        var handled = 0;
        await tenant.InTransactionAsync(async () =>
        {
            var events = await EventCursor.NextAsync(tenant, consumer, ahead, ct);
            if (events.Count == 0) return;
            await reader.HandleAsync(events, ct);
            await EventCursor.MoveAsync(tenant, consumer, events[^1].Seq, ct);
            handled = events.Count;
        }, ct);
        if (handled > 0 && reader.Rest > TimeSpan.Zero) rests.Begin(tenantId, consumer, reader.Rest);
        return handled;
    }

    private AsyncServiceScope ScopeFor(int tenantId, string actor)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenantId);
        scope.ServiceProvider.GetRequiredService<Caller>().ActAs(new Actor(ActorKind.Job, null, actor));
        return scope;
    }

    private async Task<IReadOnlyDictionary<string, Type>> ConsumersAsync()
    {
        if (consumers is not null) return consumers;
        await using var scope = scopes.CreateAsyncScope();
        return consumers = scope.ServiceProvider.GetServices<IEventConsumer>().ToDictionary(c => c.Name, c => c.GetType());
    }

    private sealed record Pause(int Failures, DateTimeOffset Until);

    private static readonly SystemSql TenantsBehind = SystemSql.Of("""
        SELECT h.TenantId
        FROM EventHeads h
        WHERE h.LastSeq > 0
          AND NOT EXISTS (SELECT 1 FROM EventConsumers c WHERE c.TenantId = h.TenantId AND c.Name = @Name AND c.LastSeq >= h.LastSeq)
        """);
}
