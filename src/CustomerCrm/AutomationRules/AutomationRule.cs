using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.AutomationRules;

/// <summary>When something happens, and it is so, then this is done.</summary>
public sealed record AutomationRule : IHasId, IVersioned
{
    public static string Prefix => "rul";

    public required Id<AutomationRule> Id { get; init; }

    /// <example>Thank big spenders</example>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Rules that answer the same event do so in the order of this.</summary>
    public required int Position { get; init; }

    public required bool IsEnabled { get; init; }

    /// <summary>Since when it has stopped itself; null while it has not. Enabling it lets it go on.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Why: <c>storm</c>.</summary>
    public string? PausedReason { get; init; }

    public AutomationDefinition Definition => AutomationDefinition.Read(DefinitionText);

    /// <summary>Goes up with every change of the definition.</summary>
    public required int Version { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string DefinitionText { get; init; } = "";
    internal long SinceSeq { get; init; }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<AutomationRule> FindAsync(Id<AutomationRule> ruleId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<AutomationRule>(ById, new { RuleId = ruleId }, ct) ?? throw ApiProblem.NotFound("automation rule");

    /// <summary>Those that answer events, in their order.</summary>
    internal static Task<IReadOnlyList<AutomationRule>> AtWorkAsync(TenantDb db, CancellationToken ct) => db.QueryAsync<AutomationRule>(AtWork, null, ct);

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT r.Id, r.Name, r.Description, r.Position, r.IsEnabled, r.PausedAt, r.PausedReason, r.SinceSeq, r.Version, r.Revision, r.CreatedAt, r.UpdatedAt, v.DefinitionText
        FROM AutomationRules r
        JOIN AutomationRuleVersions v ON v.TenantId = r.TenantId AND v.RuleId = r.Id AND v.Version = r.Version
        WHERE r.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND r.Id = @RuleId");

    // As they are now, and as they were when something fired that is still to be done.
    internal static readonly TenantSql NamingSegment = Matching.Then("""
        AND (v.DefinitionText LIKE @Like
          OR EXISTS (SELECT 1 FROM AutomationFirings f
                     JOIN AutomationRuleVersions o ON o.TenantId = f.TenantId AND o.RuleId = f.RuleId AND o.Version = f.RuleVersion
                     WHERE f.TenantId = @TenantId AND f.RuleId = r.Id AND f.Status IN (1, 2, 3) AND o.DefinitionText LIKE @Like))
        ORDER BY r.Id
        """);

    private static readonly TenantSql AtWork = Matching.Then("AND r.IsEnabled = 1 AND r.PausedAt IS NULL ORDER BY r.Position, r.Id");

    internal static readonly ListOf<AutomationRule> List = ListOf<AutomationRule>.From(Matching, "r.Id", rule => rule.Id.ToBytes())
        .SortedBy("position", "r.Position", rule => rule.Position)
        .SortedBy("created_at", "r.CreatedAt", rule => rule.CreatedAt)
        .FilteredBy("is_enabled", "r.IsEnabled", FilterType.Boolean, Operators.Equal);
}
