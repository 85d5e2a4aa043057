using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.RoutingRules;

/// <summary>PATCH and DELETE /routing_rules/{routing_rule_id}</summary>
public static class ChangeRoutingRule
{
    public sealed record Request
    {
        /// <example>Refunds in German</example>
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        [StringLength(1000)] public Change<string> Description { get; init; }

        [Range(0, 1_000_000)] public Change<int> Position { get; init; }

        public Change<bool> IsEnabled { get; init; }

        /// <summary>The whole definition anew.</summary>
        [Required] public Change<RoutingDefinition> Definition { get; init; }
    }

    internal static async Task<RoutingRule> Handle([FromRoute(Name = "routing_rule_id")] Id<RoutingRule> ruleId, Request request, IfMatch ifMatch, TenantDb db, RoutingRuleWriter writer, CancellationToken ct)
    {
        var current = await RoutingRule.FindAsync(ruleId, db, ct);
        ifMatch.Check(current.Revision);
        return await writer.ChangeAsync(current, request, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "routing_rule_id")] Id<RoutingRule> ruleId, IfMatch ifMatch, TenantDb db, RoutingRuleWriter writer, CancellationToken ct)
    {
        var current = await RoutingRule.FindAsync(ruleId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
