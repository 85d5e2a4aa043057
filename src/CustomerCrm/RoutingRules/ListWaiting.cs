using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;

namespace CustomerCrm.RoutingRules;

/// <summary>GET /routing_rules/waiting: the tickets that nobody could take yet.</summary>
public static class ListWaiting
{
    /// <summary>A ticket that waits.</summary>
    public sealed record WaitingTicket
    {
        public required Id<Ticket> TicketId { get; init; }
        public required int TicketNumber { get; init; }

        /// <example>The parcel has not arrived</example>
        public required string Subject { get; init; }

        public required TicketPriority Priority { get; init; }

        /// <summary>Its queue.</summary>
        public Id<Team>? TeamId { get; init; }

        /// <summary>The rule that it waits by; null: the fallback.</summary>
        public Id<RoutingRule>? RuleId { get; init; }

        public required DateTimeOffset Since { get; init; }
    }

    internal static Task<Page<WaitingTicket>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT w.TicketId, t.Number AS TicketNumber, t.Subject, t.Priority, w.RuleId, w.Since,
            (SELECT m.Id FROM Teams m WHERE m.TenantId = t.TenantId AND m.Id = t.TeamId) AS TeamId
        FROM RoutingWaits w
        JOIN Tickets t ON t.TenantId = w.TenantId AND t.Id = w.TicketId
        WHERE w.TenantId = @TenantId
        """);

    internal static readonly ListOf<WaitingTicket> List = ListOf<WaitingTicket>.From(Matching, "w.TicketId", ticket => ticket.TicketId.ToBytes())
        .SortedBy("since", "w.Since", ticket => ticket.Since)
        .SortedBy("priority", "t.Priority", ticket => (int)ticket.Priority, isDescending: true)
        .FilteredBy("team_id", "t.TeamId", FilterType.IdOf<Team>(), Operators.Equal);
}
