using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.AutomationRules;

/// <summary>GET /automation_rules/{automation_rule_id}/versions: the last hundred, the latest first.</summary>
public static class ListRuleVersions
{
    private const int Most = 100;

    public sealed record Answer
    {
        public required IReadOnlyList<VersionOfRule> Data { get; init; }
    }

    /// <summary>A rule's definition as it was from one change to the next.</summary>
    public sealed record VersionOfRule
    {
        public required int Version { get; init; }
        public AutomationDefinition Definition => AutomationDefinition.Read(DefinitionText);
        public required DateTimeOffset CreatedAt { get; init; }

        /// <summary>Who made it so.</summary>
        public Actor Author => new(AuthorKind, AuthorId, AuthorName);

        internal string DefinitionText { get; init; } = "";
        internal ActorKind AuthorKind { get; init; }
        internal string? AuthorId { get; init; }
        internal string AuthorName { get; init; } = "";
    }

    internal static async Task<Answer> Handle([FromRoute(Name = "automation_rule_id")] Id<AutomationRule> ruleId, TenantDb db, CancellationToken ct)
    {
        await AutomationRule.FindAsync(ruleId, db, ct);
        return new Answer { Data = await db.QueryTopAsync<VersionOfRule>(All, Most, new { RuleId = ruleId }, ct) };
    }

    /// <summary>As it was when something fired by it.</summary>
    internal static async Task<AutomationDefinition> DefinitionAsync(Id<AutomationRule> ruleId, int version, TenantDb db, CancellationToken ct) =>
        AutomationDefinition.Read((await db.FindAsync<string>(One, new { RuleId = ruleId, Version = version }, ct))!);

    private static readonly TenantSql All = TenantSql.Of("""
        SELECT v.Version, v.DefinitionText, v.CreatedAt, v.AuthorKind, v.AuthorId, v.AuthorName
        FROM AutomationRuleVersions v
        WHERE v.TenantId = @TenantId
          AND v.RuleId = @RuleId
        ORDER BY v.Version DESC
        """);

    private static readonly TenantSql One = TenantSql.Of("""
        SELECT v.DefinitionText
        FROM AutomationRuleVersions v
        WHERE v.TenantId = @TenantId
          AND v.RuleId = @RuleId
          AND v.Version = @Version
        """);
}
