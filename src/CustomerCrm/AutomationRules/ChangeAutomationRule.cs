using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.AutomationRules;

/// <summary>PATCH and DELETE /automation_rules/{automation_rule_id}</summary>
public static class ChangeAutomationRule
{
    public sealed record Request
    {
        /// <example>Thank big spenders</example>
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        [StringLength(1000)] public Change<string> Description { get; init; }

        [Range(0, 1_000_000)] public Change<int> Position { get; init; }

        /// <summary>True also lets a rule go on that has paused itself.</summary>
        public Change<bool> IsEnabled { get; init; }

        /// <summary>A new version, for events from now on.</summary>
        [Required] public Change<AutomationDefinition> Definition { get; init; }
    }

    internal static async Task<AutomationRule> Handle(
        [FromRoute(Name = "automation_rule_id")] Id<AutomationRule> ruleId, Request request, IfMatch ifMatch, TenantDb db, AutomationRuleWriter writer, CancellationToken ct)
    {
        var current = await AutomationRule.FindAsync(ruleId, db, ct);
        ifMatch.Check(current.Revision);
        return await writer.ChangeAsync(current, request, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "automation_rule_id")] Id<AutomationRule> ruleId, IfMatch ifMatch, TenantDb db, AutomationRuleWriter writer, CancellationToken ct)
    {
        var current = await AutomationRule.FindAsync(ruleId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
