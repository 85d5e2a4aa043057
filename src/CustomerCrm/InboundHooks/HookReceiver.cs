using System.Text.Json;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.InboundHooks.Writing;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.InboundHooks;

/// <summary>Applies what hooks receive, by the mapping there is now.</summary>
internal sealed class HookReceiver(TenantDb db, HookRun run, EventLog events, Caller caller) : IHookReceiver
{
    public EntryKind Kind => EntryKind.InboundHook;

    public string IdOf(HookDelivery delivery) => Id<InboundHook>.FromBytes(delivery.ReceiverId).ToString();

    public async Task<DeliveryResult> ApplyAsync(HookDelivery.Shown delivery, CancellationToken ct)
    {
        var hook = await InboundHook.FindAsync(Id<InboundHook>.FromBytes(delivery.ReceiverId), db, ct);
        caller.ActAs(new Actor(ActorKind.Hook, hook.Id.ToString(), hook.Name));
        events.IsQuiet = hook.IsQuiet;
        var headers = delivery.HeadersText is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(delivery.HeadersText)!;
        using var payload = DeliveryBody.Read(delivery.Body);
        var items = await run.RunAsync(hook.Mapping, payload.RootElement, headers, ct);
        DeliveryError[] errors = [.. items.SelectMany(item => item.Errors)];
        if (errors.Length > 0) throw new DeliveryRefusal(errors) { MappingVersion = hook.MappingVersion };
        return new DeliveryResult
        {
            Outcome = items.Count == 0 ? DeliveryOutcome.Ignored : DeliveryOutcome.Applied,
            Written = [.. items.Select(item => item.Written!)],
            MappingVersion = hook.MappingVersion,
        };
    }
}
