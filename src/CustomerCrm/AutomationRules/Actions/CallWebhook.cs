using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.AutomationRules.Actions;

/// <summary>Tells the outside: an event of its own, which webhooks deliver to whoever listens for it.</summary>
internal sealed class CallWebhook(EventLog events) : RuleAction<CallWebhook.Arguments>
{
    public new sealed record Arguments
    {
        /// <summary>What receivers tell calls apart by.</summary>
        [StringLength(100, MinimumLength = 1)] public required string Name { get; init; }

        /// <summary>Whatever is to go along.</summary>
        [MaxLength(50)] public IReadOnlyDictionary<string, JsonElement>? Data { get; init; }
    }

    public override string Name => "call_webhook";
    public override string Description => "Records automation.webhook_called with the event and data of your own; an endpoint that listens for it is delivered it, as every other event.";
    public override object Example => new Arguments { Name = "big_order", Data = new Dictionary<string, JsonElement> { ["channel"] = JsonSerializer.SerializeToElement("#sales") } };

    protected override Task<ActionResult> RunAsync(Arguments with, FiringContext firing, CancellationToken ct)
    {
        events.Record("automation.webhook_called", new WebhookCalled
        {
            Name = with.Name,
            RuleId = firing.Rule.Id,
            FiringId = firing.FiringId.ToString(),
            EventId = firing.EventId,
            EventType = firing.EventType,
            CustomerId = firing.CustomerId,
            EventData = firing.Data,
            Data = with.Data,
        }, firing.CustomerId?.Value);
        return Task.FromResult(Done("event", firing.EventId.ToString()));
    }
}

/// <summary>The data of <c>automation.webhook_called</c>.</summary>
public sealed record WebhookCalled
{
    public required string Name { get; init; }
    public required Id<AutomationRule> RuleId { get; init; }
    public required string FiringId { get; init; }
    public required Id<Event> EventId { get; init; }
    public required string EventType { get; init; }
    public required Id<Customer>? CustomerId { get; init; }

    /// <summary>The data of the event that the rule answered.</summary>
    public required JsonElement EventData { get; init; }

    /// <summary>What the rule's author wants to go along.</summary>
    public required IReadOnlyDictionary<string, JsonElement>? Data { get; init; }
}
