using System.Text.Json.Serialization;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;
using CustomerCrm.Users;

namespace CustomerCrm.Slas.Alerts;

/// <summary>The data of <c>sla.warning</c>, <c>sla.breached</c> and <c>sla.escalated</c>.</summary>
public sealed record SlaAlert
{
    public required Id<Ticket> TicketId { get; init; }
    public required int TicketNumber { get; init; }
    public required Id<Customer> CustomerId { get; init; }
    public required Id<User>? AssigneeId { get; init; }
    public required Id<Team>? TeamId { get; init; }
    public required TicketPriority Priority { get; init; }
    public required Id<SlaPolicy>? SlaId { get; init; }
    public required string? SlaName { get; init; }
    public required SlaPromise Promise { get; init; }
    public required int Cycle { get; init; }
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary><c>warning</c>, <c>breach</c>, or <c>escalation:</c> and its name.</summary>
    public required string Name { get; init; }

    /// <summary><c>warning</c>, <c>breach</c>, <c>notify</c>, <c>reassign</c>, <c>raise_priority</c> or <c>hand_to_manager</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What came of it.</summary>
    public required string Outcome { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What was done once because a clock came so far.</summary>
public sealed record ToldAlert
{
    [JsonIgnore] public SlaPromise Promise { get; init; }
    [JsonIgnore] public int Cycle { get; init; }

    /// <summary><c>warning</c>, <c>breach</c>, or <c>escalation:</c> and its name.</summary>
    public required string Name { get; init; }

    /// <summary><c>warning</c>, <c>breach</c>, <c>notify</c>, <c>reassign</c>, <c>raise_priority</c> or <c>hand_to_manager</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What came of it: whom it went to, or why it changed nothing.</summary>
    /// <example>A task for Ada Lovelace, and a letter.</example>
    public required string Outcome { get; init; }

    public required DateTimeOffset At { get; init; }
}
