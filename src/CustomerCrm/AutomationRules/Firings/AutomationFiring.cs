using System.Text.Json;
using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.AutomationRules.Conditions;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.AutomationRules.Firings;

/// <summary>One time that a rule fired, or was kept from it: why, with every value that was seen, and what it did. Kept for 90 days.</summary>
public sealed record AutomationFiring : IHasId
{
    public static string Prefix => "fir";

    public required Id<AutomationFiring> Id { get; init; }
    public required Id<AutomationRule> RuleId { get; init; }

    /// <summary>By which definition.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>What it answered.</summary>
    public required Id<Event> EventId { get; init; }

    public required string EventType { get; init; }

    /// <summary>Whom the event is about.</summary>
    public Id<Customer>? CustomerId { get; init; }

    public required FiringStatus Status { get; init; }

    /// <summary>Why it was refused: <c>cooldown</c>, <c>storm</c>, <c>own_effect</c>, <c>too_deep</c> or <c>rule_disabled</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The condition, node by node, as it was when it was asked last.</summary>
    public ExplainedCondition? Condition => ConditionText is null ? null : JsonSerializer.Deserialize<ExplainedCondition>(ConditionText, StrictJson.Options);

    /// <summary>What each action did.</summary>
    public IReadOnlyList<ActionResult> Results => ResultsText is null ? [] : JsonSerializer.Deserialize<ActionResult[]>(ResultsText, StrictJson.Options)!;

    /// <summary>The firing whose effect the event was; null where somebody asked for it.</summary>
    public string? CausedBy => CauseId;

    /// <summary>Of one that waited for somebody: who decided.</summary>
    public Actor? Decider => DeciderKind is { } kind ? new Actor(kind, DeciderId, DeciderName ?? "") : null;

    public required DateTimeOffset FiredAt { get; init; }

    /// <summary>When it acts, where it waits for a time.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>When it came to its end.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    internal string? ConditionText { get; init; }
    internal string? ResultsText { get; init; }
    internal string? CauseId { get; init; }
    internal ActorKind? DeciderKind { get; init; }
    internal string? DeciderId { get; init; }
    internal string? DeciderName { get; init; }
    internal string EventText { get; init; } = "";
    internal DateTimeOffset EventAt { get; init; }
    internal int Depth { get; init; }

    /// <exception cref="ApiProblem">404: there is none, or it is another rule's.</exception>
    internal static async Task<AutomationFiring> FindAsync(Id<AutomationRule> ruleId, Id<AutomationFiring> firingId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<AutomationFiring>(ById, new { RuleId = ruleId, FiringId = firingId }, ct) ?? throw ApiProblem.NotFound("firing");

    internal const string Columns = """
        f.Id, f.RuleId, f.RuleVersion, f.EventId, f.EventType, f.EventAt, f.EventText, f.CustomerId, f.Status, f.Reason, f.ConditionText, f.ResultsText, f.Depth, f.CauseId,
        f.DeciderKind, f.DeciderId, f.DeciderName, f.FiredAt, f.RunAt, f.SettledAt
        """;

    internal static readonly TenantSql Matching = TenantSql.Of($"""
        SELECT {Columns}
        FROM AutomationFirings f
        WHERE f.TenantId = @TenantId
          AND f.RuleId = @RuleId
        """);

    private static readonly TenantSql ById = Matching.Then("AND f.Id = @FiringId");

    internal static readonly ListOf<AutomationFiring> Proposals = ListOf<AutomationFiring>.From(TenantSql.Of($"""
            SELECT {Columns}
            FROM AutomationFirings f
            WHERE f.TenantId = @TenantId
              AND f.Status = 3
            """), "f.Id", firing => firing.Id.ToBytes())
        .SortedBy("fired_at", "f.FiredAt", firing => firing.FiredAt, isDescending: true)
        .FilteredBy("rule_id", "f.RuleId", FilterType.IdOf<AutomationRule>(), Operators.Equal | Operators.In)
        .FilteredBy("customer_id", "f.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal)
        .FilteredBy("fired_at", "f.FiredAt", FilterType.Time, Operators.Range);

    internal static readonly ListOf<AutomationFiring> List = ListOf<AutomationFiring>.From(Matching, "f.Id", firing => firing.Id.ToBytes())
        .SortedBy("fired_at", "f.FiredAt", firing => firing.FiredAt, isDescending: true)
        .FilteredBy("status", "f.Status", FilterType.OneOf<FiringStatus>(), Operators.Equal | Operators.In)
        .FilteredBy("customer_id", "f.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal)
        .FilteredBy("fired_at", "f.FiredAt", FilterType.Time, Operators.Range);
}

/// <summary>Where a firing stands. The numbers are stored.</summary>
public enum FiringStatus
{
    /// <summary>It acts in a moment.</summary>
    Queued = 1,

    /// <summary>It acts at <c>run_at</c>, if the condition still holds then.</summary>
    Waiting = 2,

    /// <summary>It acts when somebody approves it.</summary>
    Proposed = 3,

    /// <summary>It has acted; <c>results</c> says what.</summary>
    Done = 4,

    /// <summary>None of its actions could be done.</summary>
    Failed = 5,

    /// <summary>It was kept from acting; <c>reason</c> says by what.</summary>
    Refused = 6,

    /// <summary>When its time came the condition no longer held.</summary>
    Lapsed = 7,

    /// <summary>Somebody decided against it.</summary>
    Declined = 8,
}
