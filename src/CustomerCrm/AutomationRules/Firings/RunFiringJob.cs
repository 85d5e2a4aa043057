using System.Text.Json;
using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.AutomationRules.Conditions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.AutomationRules.Firings;

/// <summary>Carries out a firing: all of its actions, with their outcomes, in one transaction, and so once.</summary>
public sealed record RunFiring(Id<AutomationFiring> FiringId);

internal sealed class RunFiringJob(TenantDb db, FiringWriter firings, RuleActions actions, ConditionReading conditions, EventLog events, Caller caller) : IJob<RunFiring>
{
    public Task RunAsync(RunFiring work, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        if (await firings.TakeAsync(work.FiringId, ct) is not { } firing) return;
        var rule = await AutomationRule.FindAsync(firing.RuleId, db, ct);
        var definition = await ListRuleVersions.DefinitionAsync(firing.RuleId, firing.RuleVersion, db, ct);
        var data = JsonElement.Parse(firing.EventText);
        var condition = firing.Condition;
        if (firing.Status == FiringStatus.Waiting)
        {
            condition = await conditions.EvaluateAsync(definition.Condition, data, firing.CustomerId, ct);
            if (!rule.IsEnabled || rule.PausedAt is not null) await firings.SettleAsync(firing, FiringStatus.Refused, "rule_disabled", condition, [], ct);
            else if (!condition.Result) await firings.SettleAsync(firing, FiringStatus.Lapsed, null, condition, [], ct);
            else if (definition.Mode == AutomationMode.Suggest) await firings.SettleAsync(firing, FiringStatus.Proposed, null, condition, [], ct);
            else await ActAsync(firing, rule, definition, data, condition, ct);
            return;
        }
        await ActAsync(firing, rule, definition, data, condition, ct);
    }, ct);

    private async Task ActAsync(AutomationFiring firing, AutomationRule rule, AutomationDefinition definition, JsonElement data, ExplainedCondition? condition, CancellationToken ct)
    {
        caller.ActAs(new Actor(ActorKind.Rule, rule.Id.ToString(), rule.Name));
        events.Cause = new EventCause(firing.Id.ToString(), firing.Depth + 1);
        var context = new FiringContext
        {
            Rule = rule, FiringId = firing.Id, EventId = firing.EventId, EventType = firing.EventType, EventAt = firing.EventAt, Data = data, CustomerId = firing.CustomerId, Condition = condition,
        };
        var results = new List<ActionResult>();
        foreach (var action in definition.Actions) results.Add(await RunAsync(action, context, ct));
        var status = results.TrueForAll(result => result.Outcome == ActionOutcome.Refused) ? FiringStatus.Failed : FiringStatus.Done;
        await firings.SettleAsync(firing, status, null, condition, results, ct);
        events.Record("automation.fired", new FiredRule { RuleId = rule.Id, RuleName = rule.Name, FiringId = firing.Id, EventId = firing.EventId, EventType = firing.EventType, Status = status, Results = results }, firing.CustomerId?.Value);
    }

    // What refuses refuses before it writes; so the others can go on.
    private async Task<ActionResult> RunAsync(AutomationAction action, FiringContext context, CancellationToken ct)
    {
        try
        {
            return actions.Find(action.Do) is { } found
                ? await found.RunAsync(action.With!.Value, context, ct)
                : new ActionResult { Action = action.Do, Outcome = ActionOutcome.Refused, Code = "unknown_action", Detail = "There is no such action any more." };
        }
        catch (ApiProblem problem) when (problem.Status is >= 400 and < 500)
        {
            return new ActionResult { Action = action.Do, Outcome = ActionOutcome.Refused, Code = problem.Errors is [var first, ..] ? first.Code : problem.Code, Detail = problem.Errors is [var one, ..] ? one.Detail : problem.Message };
        }
    }
}

/// <summary>The data of <c>automation.fired</c>.</summary>
public sealed record FiredRule
{
    public required Id<AutomationRule> RuleId { get; init; }
    public required string RuleName { get; init; }
    public required Id<AutomationFiring> FiringId { get; init; }
    public required Id<Event> EventId { get; init; }
    public required string EventType { get; init; }
    public required FiringStatus Status { get; init; }
    public required IReadOnlyList<ActionResult> Results { get; init; }
}
