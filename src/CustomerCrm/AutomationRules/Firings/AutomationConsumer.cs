using System.Text.Json;
using CustomerCrm.AutomationRules.Conditions;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;

namespace CustomerCrm.AutomationRules.Firings;

/// <summary>Asks the rules of every event, and writes down which of them fire. What they do is done by a job.</summary>
internal sealed class AutomationConsumer(TenantDb db, ConditionReading conditions, FiringWriter firings) : IEventConsumer
{
    public string Name => "automation_rules";

    public async ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) =>
        events.Any(e => !e.IsQuiet) && (await RulesAsync(ct)).Any(rule => events.Any(e => !e.IsQuiet && IsAsked(rule, e)));

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        if (events.All(e => e.IsQuiet)) return;
        var rules = await RulesAsync(ct);
        foreach (var happened in events.Where(e => !e.IsQuiet))
        {
            var answering = rules.Where(rule => IsAsked(rule, happened)).ToArray();
            if (answering.Length == 0) continue;

            var data = JsonElement.Parse(happened.Data);
            var customerId = await CustomerAsync(happened, ct);
            foreach (var (rule, definition) in answering)
            {
                if (await conditions.EvaluateAsync(definition.Condition, data, customerId, ct) is not { Result: true } condition) continue;
                await firings.FireAsync(rule, definition, happened, customerId, condition, ct);
                // One that has just paused itself answers no more.
                if ((await AutomationRule.FindAsync(rule.Id, db, ct)).PausedAt is not null) rules = await RulesAsync(ct);
            }
        }
    }

    private static bool IsAsked((AutomationRule Rule, AutomationDefinition Definition) rule, EventRow happened) =>
        happened.Seq > rule.Rule.SinceSeq && rule.Definition.Answers(happened.Type);

    private async Task<(AutomationRule Rule, AutomationDefinition Definition)[]> RulesAsync(CancellationToken ct) =>
        [.. (await AutomationRule.AtWorkAsync(db, ct)).Select(rule => (rule, rule.Definition))];

    // Who is gone by now is nobody's customer any more.
    private async Task<Id<Customer>?> CustomerAsync(EventRow happened, CancellationToken ct) => happened.CustomerId is { } id && await db.FindAsync<int?>(HasCustomer, new { CustomerId = new Id<Customer>(id) }, ct) is not null ? new Id<Customer>(id) : null;

    private static readonly TenantSql HasCustomer = TenantSql.Of("SELECT 1 FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");
}
