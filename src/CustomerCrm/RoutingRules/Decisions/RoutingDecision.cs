using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.RoutingRules.Deciding;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Conditions;
using CustomerCrm.Users;

namespace CustomerCrm.RoutingRules.Decisions;

/// <summary>Why a ticket is where it is: which rules were asked, with what they saw, and of each agent whether they could take it.</summary>
public sealed record RoutingDecision : IHasId
{
    public static string Prefix => "rtd";

    public required Id<RoutingDecision> Id { get; init; }
    public required Id<Ticket> TicketId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary><c>created</c>, <c>moved</c> to another queue or to nobody, <c>handed_back</c>, <c>capacity_freed</c>, <c>restored</c> from the recycle bin, or <c>asked</c>; may grow.</summary>
    public required string Cause { get; init; }

    public required RoutingOutcome Outcome { get; init; }

    /// <summary>Which rule took it; null: the fallback, or a person.</summary>
    public Id<RoutingRule>? RuleId { get; init; }

    /// <summary>The queue it is in since.</summary>
    public Id<Team>? TeamId { get; init; }

    public Id<User>? AssigneeId { get; init; }

    public RoutingDetails Details => JsonSerializer.Deserialize<RoutingDetails>(DetailsText, StrictJson.Options)!;

    [JsonIgnore] internal string DetailsText { get; init; } = "{}";

    internal static readonly TenantSql OfTicket = TenantSql.Of("""
        SELECT d.Id, d.TicketId, d.At, d.Cause, d.Outcome, d.RuleId, d.TeamId, d.AssigneeId, d.Details AS DetailsText
        FROM RoutingDecisions d
        WHERE d.TenantId = @TenantId
          AND d.TicketId = @TicketId
        ORDER BY d.Id DESC
        """);
}

/// <summary>What was seen.</summary>
public sealed record RoutingDetails
{
    /// <summary>In words.</summary>
    /// <example>Refunds in German took it, for Ada Lovelace: has the fewest open tickets: 1.</example>
    public required string Explanation { get; init; }

    /// <summary>Each rule that was asked, in its order; those behind the one that took it were not.</summary>
    public required IReadOnlyList<AskedRule> Rules { get; init; }

    /// <summary>Each agent, as the last rule that asked for one saw them.</summary>
    public required IReadOnlyList<AgentVerdict> Agents { get; init; }
}

/// <summary>A rule that was asked.</summary>
public sealed record AskedRule
{
    public required Id<RoutingRule>? RuleId { get; init; }

    /// <example>Refunds in German</example>
    public required string Name { get; init; }

    public required bool Matches { get; init; }

    /// <summary>Its condition node by node, with what was seen.</summary>
    public required ExplainedTicketCondition Condition { get; init; }

    /// <summary><c>took</c>, <c>waits</c>, <c>nobody_free</c> (the next one was asked), <c>queue_gone</c> (its team is deleted) or <c>no_match</c>.</summary>
    public required string Outcome { get; init; }
}

/// <summary>What came of it. The numbers are stored.</summary>
public enum RoutingOutcome
{
    Assigned = 1,

    /// <summary>It waits until somebody can take it.</summary>
    Waiting = 2,

    /// <summary>Somebody had it already.</summary>
    Kept = 3,
}
