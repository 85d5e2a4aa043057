using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.RoutingRules.Deciding;
using CustomerCrm.Teams;
using CustomerCrm.Tickets.Conditions;

namespace CustomerCrm.RoutingRules;

/// <summary>Which tickets go to which team, and to whom of it.</summary>
public sealed record RoutingRule : IHasId, IVersioned
{
    public static string Prefix => "rtr";

    public required Id<RoutingRule> Id { get; init; }

    /// <summary>No two have the same, capitals aside.</summary>
    /// <example>Refunds in German</example>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Asked in this order.</summary>
    public required int Position { get; init; }

    public required bool IsEnabled { get; init; }
    public RoutingDefinition Definition => JsonSerializer.Deserialize<RoutingDefinition>(DefinitionText, StrictJson.Options)!;
    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string DefinitionText { get; init; } = "";

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<RoutingRule> FindAsync(Id<RoutingRule> ruleId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<RoutingRule>(ById, new { RuleId = ruleId }, ct) ?? throw ApiProblem.NotFound("routing rule");

    /// <summary>Those that are asked, in their order.</summary>
    internal static Task<IReadOnlyList<RoutingRule>> AtWorkAsync(TenantDb db, CancellationToken ct) => db.QueryAsync<RoutingRule>(AtWork, null, ct);

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT r.Id, r.Name, r.Description, r.Position, r.IsEnabled, r.DefinitionText, r.Revision, r.CreatedAt, r.UpdatedAt
        FROM RoutingRules r
        WHERE r.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND r.Id = @RuleId");

    internal static readonly TenantSql NamingSegment = Matching.Then("AND r.DefinitionText LIKE @Like ORDER BY r.Id");

    private static readonly TenantSql AtWork = Matching.Then("AND r.IsEnabled = 1 ORDER BY r.Position, r.Id");

    internal static readonly ListOf<RoutingRule> List = ListOf<RoutingRule>.From(Matching, "r.Id", rule => rule.Id.ToBytes())
        .SortedBy("position", "r.Position", rule => rule.Position)
        .SortedBy("created_at", "r.CreatedAt", rule => rule.CreatedAt)
        .FilteredBy("is_enabled", "r.IsEnabled", FilterType.Boolean, Operators.Equal);
}

/// <summary>Which tickets a rule takes, where they go, and who of those takes them.</summary>
/// <example>{"condition":{"all":[{"ticket":{"field":"words","op":"contains","value":"refund"}},{"customer":{"field":"cltv_minor","op":"gte","value":50000}}]},"team_id":null,"skills":["refunds"],"strategy":"least_busy","prefers_last_agent":true,"keeps_hours":true,"if_nobody":"wait"}</example>
public sealed record RoutingDefinition : IValidatableObject
{
    private const int LongestSkill = 50;

    /// <summary>Only tickets for which this holds; all, if nothing is said.</summary>
    public TicketCondition? Condition { get; init; }

    /// <summary>The queue that it goes to, and whose members may take it; left out, it stays where it is and any agent may.</summary>
    public Id<Team>? TeamId { get; init; }

    /// <summary>Whoever takes it has all of these.</summary>
    [MaxLength(20)] public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Who of several.</summary>
    public RoutingStrategy Strategy { get; init; } = RoutingStrategy.RoundRobin;

    /// <summary>Whoever had the customer's last ticket goes before all others.</summary>
    public bool PrefersLastAgent { get; init; }

    /// <summary>Nobody outside their working hours.</summary>
    public bool KeepsHours { get; init; } = true;

    /// <summary>What happens while nobody can take it.</summary>
    public IfNobody IfNobody { get; init; } = IfNobody.Wait;

    internal RoutingNeed Need => new() { Skills = Skills, Strategy = Strategy, PrefersLastAgent = PrefersLastAgent, KeepsHours = KeepsHours };

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Condition?.WrongWhole(nameof(Condition)) is { } wrong) yield return wrong;
        foreach (var (i, skill) in Skills.Index())
            if (string.IsNullOrWhiteSpace(skill) || skill.Length > LongestSkill) yield return new BrokenRule("value_invalid", $"1 to {LongestSkill} characters.", $"Skills[{i}]");
    }
}

/// <summary>What happens while nobody can take a ticket that a rule takes.</summary>
public enum IfNobody
{
    /// <summary>It waits in the rule's queue until somebody can.</summary>
    Wait,

    /// <summary>The rules behind are asked.</summary>
    NextRule,
}
