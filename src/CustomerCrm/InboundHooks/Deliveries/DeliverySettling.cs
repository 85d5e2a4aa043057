using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.InboundHooks.Deliveries;

/// <summary>
/// Applies what is kept, each delivery in a scope and a transaction of its own: all of it is written with its outcome, or nothing is and its
/// errors are. It may be called twice; whoever comes second finds it done.
/// </summary>
internal sealed class DeliverySettling(TenantScopes scopes, ILogger<DeliverySettling> log)
{
    private const int MostAttempts = 5;

    /// <returns>What it has come to; null where it has to be tried again later.</returns>
    public async Task<DeliveryOutcome?> SettleAsync(Id<HookDelivery> deliveryId, CancellationToken ct)
    {
        string? brings = null;
        HookDelivery.Shown? taken = null;
        try
        {
            await using var scope = scopes.Create();
            var (db, deliveries) = (scope.ServiceProvider.GetRequiredService<TenantDb>(), scope.ServiceProvider.GetRequiredService<DeliveryLog>());
            DeliveryOutcome? outcome = null;
            await db.InTransactionAsync(async () =>
            {
                if ((taken = await deliveries.TakeAsync(deliveryId, ct)) is null) return;
                var receiver = scope.ServiceProvider.GetServices<IHookReceiver>().Single(r => (int)r.Kind == taken.ReceiverKind);
                var result = await receiver.ApplyAsync(taken, ct);
                await deliveries.SettleAsync(deliveryId, result, ct);
                (outcome, brings) = (result.Outcome, result.Brings);
            }, ct);
            if (taken is null) return await OutcomeAsync(deliveryId, ct);
            if (brings is not null) await SettleWaitingAsync(new Guid(taken.ReceiverId, bigEndian: true), brings, ct);
            return outcome;
        }
        catch (DeliveryRefusal refusal)
        {
            return await RefuseAsync(taken! with { MappingVersion = refusal.MappingVersion }, refusal.Errors, ct);
        }
        catch (ApiProblem problem) when (DeliveryRefusal.IsFinal(problem))
        {
            return await RefuseAsync(taken!, DeliveryRefusal.ErrorsOf(problem), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Delivery {DeliveryId} could not be applied and is tried again: {Kind}", deliveryId, e.GetType().Name);
            return taken is null ? null : await AgainAsync(taken, ct);
        }
    }

    private async Task SettleWaitingAsync(Guid receiver, string what, CancellationToken ct)
    {
        await using var scope = scopes.Create();
        var found = await scope.ServiceProvider.GetRequiredService<TenantDb>().QueryAsync<Id<HookDelivery>>(Waiting, new { ReceiverId = receiver.ToByteArray(bigEndian: true), WaitsFor = what }, ct);
        foreach (var waiting in found) await SettleAsync(waiting, ct);
    }

    private async Task<DeliveryOutcome?> RefuseAsync(HookDelivery.Shown delivery, IReadOnlyList<DeliveryError> errors, CancellationToken ct)
    {
        await using var scope = scopes.Create();
        var services = scope.ServiceProvider;
        var isRefused = false;
        await services.GetRequiredService<TenantDb>().InTransactionAsync(async () =>
        {
            if (!(isRefused = await services.GetRequiredService<DeliveryLog>().RefuseAsync(delivery.Id, errors, delivery.MappingVersion, ct))) return;
            services.GetRequiredService<EventLog>().Record("hook_delivery.refused", new RefusedDelivery
            {
                DeliveryId = delivery.Id,
                Receiver = delivery.ReceiverKind == (int)EntryKind.InboundHook ? "inbound_hook" : "storefront",
                ReceiverId = services.GetServices<IHookReceiver>().Single(r => (int)r.Kind == delivery.ReceiverKind).IdOf(delivery),
                Topic = delivery.Topic,
                Errors = errors,
            });
        }, ct);
        return isRefused ? DeliveryOutcome.Refused : await OutcomeAsync(delivery.Id, ct);
    }

    // The program itself is at fault, so it gets more chances; but not for ever.
    private async Task<DeliveryOutcome?> AgainAsync(HookDelivery.Shown delivery, CancellationToken ct)
    {
        await using var scope = scopes.Create();
        var attempts = await scope.ServiceProvider.GetRequiredService<DeliveryLog>().CountAttemptAsync(delivery.Id, ct);
        if (attempts < MostAttempts) return null;
        return await RefuseAsync(delivery, [new DeliveryError { Pointer = "", Code = "internal_error", Detail = "Something went wrong here. It can be replayed." }], ct);
    }

    private async Task<DeliveryOutcome?> OutcomeAsync(Id<HookDelivery> deliveryId, CancellationToken ct)
    {
        await using var scope = scopes.Create();
        return await scope.ServiceProvider.GetRequiredService<TenantDb>().FindAsync<int?>(Outcome, new { DeliveryId = deliveryId }, ct) is { } outcome ? (DeliveryOutcome)outcome : null;
    }

    private static readonly TenantSql Waiting = TenantSql.Of("""
        SELECT d.Id
        FROM HookDeliveries d
        WHERE d.TenantId = @TenantId
          AND d.ReceiverId = @ReceiverId
          AND d.WaitsFor = @WaitsFor
          AND d.Outcome = 5
        """);

    private static readonly TenantSql Outcome = TenantSql.Of("SELECT d.Outcome FROM HookDeliveries d WHERE d.TenantId = @TenantId AND d.Id = @DeliveryId");
}

/// <summary>The data of <c>hook_delivery.refused</c>.</summary>
public sealed record RefusedDelivery
{
    public required Id<HookDelivery> DeliveryId { get; init; }

    /// <summary>inbound_hook or storefront.</summary>
    public required string Receiver { get; init; }

    public required string ReceiverId { get; init; }
    public required string? Topic { get; init; }
    public required IReadOnlyList<DeliveryError> Errors { get; init; }
}
