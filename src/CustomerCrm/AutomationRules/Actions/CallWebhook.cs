using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Webhooks;

namespace CustomerCrm.AutomationRules.Actions;

/// <summary>Tells the outside: an event of its own, which webhooks deliver to the endpoint that the rule names, or to all that listen for it.</summary>
internal sealed class CallWebhook(TenantDb db, EventLog events) : RuleAction<CallWebhook.Arguments>
{
    public new sealed record Arguments
    {
        /// <summary>What receivers tell calls apart by.</summary>
        [StringLength(100, MinimumLength = 1)] public required string Name { get; init; }

        /// <summary>Which of your webhooks is called, whatever else it hears; left out, all that hear <c>automation.webhook_called</c>.</summary>
        public Id<Webhook>? WebhookId { get; init; }

        /// <summary>Whatever is to go along.</summary>
        [MaxLength(50)] public IReadOnlyDictionary<string, JsonElement>? Data { get; init; }
    }

    public override string Name => "call_webhook";
    public override string Description => "Records automation.webhook_called with the event and data of your own. It is delivered like every other event, signed and tried again: to the webhook that webhook_id names, or to all that hear it.";
    public override object Example => new Arguments { Name = "big_order", Data = new Dictionary<string, JsonElement> { ["channel"] = JsonSerializer.SerializeToElement("#sales") } };

    protected override async Task<IReadOnlyList<FieldError>> MissingAsync(Arguments with, CancellationToken ct) =>
        await IsThereAsync(with, ct) ? [] : [new FieldError("/webhook_id", "unknown_webhook", "There is no such webhook.")];

    protected override async Task<ActionResult> RunAsync(Arguments with, FiringContext firing, CancellationToken ct)
    {
        if (!await IsThereAsync(with, ct)) throw ApiProblem.NotFound("webhook");
        events.Record("automation.webhook_called", new WebhookCalled
        {
            Name = with.Name,
            WebhookId = with.WebhookId,
            RuleId = firing.Rule.Id,
            FiringId = firing.FiringId.ToString(),
            EventId = firing.EventId,
            EventType = firing.EventType,
            CustomerId = firing.CustomerId,
            EventData = firing.Data,
            Data = with.Data,
        }, firing.CustomerId?.Value);
        return Done("event", firing.EventId.ToString());
    }

    private async Task<bool> IsThereAsync(Arguments with, CancellationToken ct) => with.WebhookId is not { } id || await db.FindAsync<int?>(HasWebhook, new { WebhookId = id }, ct) is not null;

    private static readonly TenantSql HasWebhook = TenantSql.Of("SELECT 1 FROM Webhooks w WHERE w.TenantId = @TenantId AND w.Id = @WebhookId AND w.DeletedAt IS NULL");
}

/// <summary>The data of <c>automation.webhook_called</c>.</summary>
public sealed record WebhookCalled
{
    public required string Name { get; init; }

    /// <summary>The webhook that it is for; null: all that hear it.</summary>
    public required Id<Webhook>? WebhookId { get; init; }

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
