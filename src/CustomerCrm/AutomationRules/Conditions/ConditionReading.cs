using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.AutomationRules.Conditions;

/// <summary>Asks a condition of an event, and of the customer it is about as they are now.</summary>
internal sealed class ConditionReading(SeenCustomers customers)
{
    private static readonly ExplainedCondition always = new() { Kind = "all", Result = true };

    /// <param name="condition">None holds always.</param>
    /// <param name="data">The event's.</param>
    /// <param name="customerId">Whom it is about.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ExplainedCondition> EvaluateAsync(AutomationCondition? condition, JsonElement data, Id<Customer>? customerId, CancellationToken ct) => condition switch
    {
        null => always,
        { Event: { } test } => OfEvent(test, data),
        { Customer: { } rule } => await OfCustomerAsync(rule, customerId, ct),
        { Not: { } not } => Not(await EvaluateAsync(not, data, customerId, ct)),
        { All: { } all } => await PartsAsync("all", all, data, customerId, ct),
        _ => await PartsAsync("any", condition.Any!, data, customerId, ct),
    };

    // What the event says costs nothing, so it is asked first; the explanation keeps the order of the rule.
    private async Task<ExplainedCondition> PartsAsync(string kind, IReadOnlyList<AutomationCondition> parts, JsonElement data, Id<Customer>? customerId, CancellationToken ct)
    {
        var explained = new ExplainedCondition?[parts.Count];
        var (isAll, isSettled) = (kind == "all", false);
        foreach (var i in Enumerable.Range(0, parts.Count).OrderBy(i => AsksCustomer(parts[i]) ? 1 : 0))
        {
            if (isSettled && AsksCustomer(parts[i])) continue;
            explained[i] = await EvaluateAsync(parts[i], data, customerId, ct);
            isSettled |= explained[i]!.Result != isAll;
        }
        ExplainedCondition[] asked = [.. explained.OfType<ExplainedCondition>()];
        return new ExplainedCondition { Kind = kind, Result = isAll ? asked.All(part => part.Result) : asked.Any(part => part.Result), Parts = asked };
    }

    private static ExplainedCondition Not(ExplainedCondition part) => new() { Kind = "not", Result = !part.Result, Parts = [part] };

    private static bool AsksCustomer(AutomationCondition condition) => condition.Placed("").Any(placed => placed.Condition.Customer is not null);

    private static ExplainedCondition OfEvent(EventDataTest test, JsonElement data)
    {
        var (seen, holds) = test.Ask(data);
        return new ExplainedCondition { Kind = "event", Test = test, Seen = seen?.Clone(), Result = holds };
    }

    private async Task<ExplainedCondition> OfCustomerAsync(SegmentRule rule, Id<Customer>? customerId, CancellationToken ct)
    {
        if (customerId is not { } id || await customers.LookAsync(id, rule, ct) is not { } seen) return new ExplainedCondition { Kind = "customer", Result = false };
        var explained = rule.Evaluate(seen);
        return new ExplainedCondition { Kind = "customer", Customer = explained, Result = explained.Result };
    }
}
