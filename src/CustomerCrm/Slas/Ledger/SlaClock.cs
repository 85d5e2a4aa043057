using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Slas.Clocks;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;
using CustomerCrm.Users;
using CustomerCrm.Teams;

namespace CustomerCrm.Slas.Ledger;

/// <summary>A promise of one ticket, and where it stands.</summary>
public sealed record SlaClock : IHasId
{
    public static string Prefix => "slc";

    public required Id<SlaClock> Id { get; init; }
    public required Id<Ticket> TicketId { get; init; }

    /// <example>1042</example>
    public required int TicketNumber { get; init; }

    /// <summary>Whose the ticket is now.</summary>
    public Id<User>? AssigneeId { get; init; }

    public Id<Team>? TeamId { get; init; }
    public required SlaPromise Promise { get; init; }

    /// <summary>A next response is promised anew each time the customer writes: 1, 2, 3 …</summary>
    public required int Cycle { get; init; }

    public required SlaClockState State { get; init; }

    /// <summary>By which it is counted; it may be gone.</summary>
    public Id<SlaPolicy>? SlaId { get; init; }

    /// <summary>Null: nothing is promised.</summary>
    public int? TargetMinutes { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Of one that was kept, when it would have been due. Null while it is paused and not late already, and where nothing is promised.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>The due time that was missed; null if none was.</summary>
    public DateTimeOffset? BreachedAt { get; init; }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT c.Id, c.TicketId, t.Number AS TicketNumber, t.AssigneeId, t.TeamId, c.Promise, c.Cycle, c.State, c.PolicyId AS SlaId, c.TargetMinutes, c.StartedAt, c.DueAt, c.StoppedAt, c.BreachedAt
        FROM SlaClocks c
        JOIN Tickets t ON t.TenantId = c.TenantId AND t.Id = c.TicketId
        WHERE c.TenantId = @TenantId
        """);

    internal static readonly ListOf<SlaClock> List = ListOf<SlaClock>.From(Matching, "c.Id", clock => clock.Id.ToBytes())
        .SortedBy("started_at", "c.StartedAt", clock => clock.StartedAt, isDescending: true)
        .FilteredBy("state", "c.State", FilterType.OneOf<SlaClockState>(), Operators.Equal | Operators.In)
        .FilteredBy("promise", "c.Promise", FilterType.OneOf<SlaPromise>(), Operators.Equal | Operators.In)
        .FilteredBy("ticket_id", "c.TicketId", FilterType.IdOf<Ticket>(), Operators.Equal)
        .FilteredBy("sla_id", "c.PolicyId", FilterType.IdOf<SlaPolicy>(), Operators.Equal)
        .FilteredBy("assignee_id", "t.AssigneeId", FilterType.IdOf<User>(), Operators.Equal)
        .FilteredBy("team_id", "t.TeamId", FilterType.IdOf<Team>(), Operators.Equal)
        .FilteredBy("due_at", "c.DueAt", FilterType.Time, Operators.Range)
        .FilteredBy("is_breached", "eq", FilterType.Boolean, "Only those that were missed, or that were not.", value => (bool)value ? Condition.Of("c.BreachedAt IS NOT NULL") : Condition.Of("c.BreachedAt IS NULL"));
}
