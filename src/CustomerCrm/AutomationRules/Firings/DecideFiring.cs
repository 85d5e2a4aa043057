using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.AutomationRules.Firings;

/// <summary>POST /automation_rules/{automation_rule_id}/firings/{firing_id}/approval and /refusal: what a rule suggests, a person decides.</summary>
internal static class DecideFiring
{
    internal static Task<AutomationFiring> Approve(
        [FromRoute(Name = "automation_rule_id")] Id<AutomationRule> ruleId, [FromRoute(Name = "firing_id")] Id<AutomationFiring> firingId, TenantDb db, FiringWriter firings, Caller caller, EventLog events, CancellationToken ct) =>
        DecideAsync(ruleId, firingId, isApproved: true, db, firings, caller, events, ct);

    internal static Task<AutomationFiring> Refuse(
        [FromRoute(Name = "automation_rule_id")] Id<AutomationRule> ruleId, [FromRoute(Name = "firing_id")] Id<AutomationFiring> firingId, TenantDb db, FiringWriter firings, Caller caller, EventLog events, CancellationToken ct) =>
        DecideAsync(ruleId, firingId, isApproved: false, db, firings, caller, events, ct);

    private static async Task<AutomationFiring> DecideAsync(Id<AutomationRule> ruleId, Id<AutomationFiring> firingId, bool isApproved, TenantDb db, FiringWriter firings, Caller caller, EventLog events, CancellationToken ct)
    {
        await AutomationRule.FindAsync(ruleId, db, ct);
        await AutomationFiring.FindAsync(ruleId, firingId, db, ct);
        if (!await firings.DecideAsync(firingId, isApproved, caller.Actor, ct)) throw ApiProblem.Conflict("firing_not_proposed", "The firing does not wait for a decision any more.");
        var decided = await AutomationFiring.FindAsync(ruleId, firingId, db, ct);
        events.Record(isApproved ? "automation.approved" : "automation.declined", decided, decided.CustomerId?.Value);
        return decided;
    }
}
