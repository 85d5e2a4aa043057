using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.AutomationRules;

/// <summary>POST /automation_rules</summary>
public static class CreateAutomationRule
{
    // Each is asked about every event of its types.
    internal const int MostRules = 100;

    public sealed record Request
    {
        /// <example>Thank big spenders</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        [StringLength(1000)] public string? Description { get; init; }

        /// <summary>Rules that answer the same event do so in the order of this.</summary>
        [Range(0, 1_000_000)] public int Position { get; init; } = 100;

        public bool IsEnabled { get; init; } = true;

        public required AutomationDefinition Definition { get; init; }
    }

    internal static async Task<Created<AutomationRule>> Handle(Request request, TenantDb db, AutomationRuleWriter writer, CancellationToken ct)
    {
        if (await db.FindAsync<int>(CountAll, null, ct) >= MostRules) throw ApiProblem.Conflict("too_many_rules", $"There are at most {MostRules} rules. Delete one first.");
        var rule = await writer.AddAsync(request, ct);
        return TypedResults.Created($"/v1/automation_rules/{rule.Id}", rule);
    }

    private static readonly TenantSql CountAll = TenantSql.CountHeld("AutomationRules");
}
