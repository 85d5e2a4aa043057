using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.RoutingRules;

/// <summary>POST /routing_rules</summary>
public static class CreateRoutingRule
{
    // Each is asked of every ticket until one takes it.
    internal const int MostRules = 100;

    public sealed record Request
    {
        /// <example>Refunds in German</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        [StringLength(1000)] public string? Description { get; init; }

        /// <summary>Asked in this order.</summary>
        [Range(0, 1_000_000)] public int Position { get; init; } = 100;

        public bool IsEnabled { get; init; } = true;

        public required RoutingDefinition Definition { get; init; }
    }

    internal static async Task<Created<RoutingRule>> Handle(Request request, TenantDb db, RoutingRuleWriter writer, CancellationToken ct)
    {
        if (await db.FindAsync<int>(CountAll, null, ct) >= MostRules) throw ApiProblem.Conflict("too_many_routing_rules", $"There are at most {MostRules} routing rules. Delete one first.");
        var rule = await writer.AddAsync(request, ct);
        return TypedResults.Created($"/v1/routing_rules/{rule.Id}", rule);
    }

    private static readonly TenantSql CountAll = TenantSql.CountHeld("RoutingRules");
}
