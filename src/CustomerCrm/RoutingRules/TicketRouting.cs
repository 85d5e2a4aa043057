using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.RoutingRules.Decisions;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.RoutingRules;

/// <summary>GET and POST /tickets/{ticket_id}/routing: why here, and ask again; POST /tickets/{ticket_id}/refusal: an agent hands it back.</summary>
public static class TicketRouting
{
    private const int MostDecisions = 50;

    public sealed record Answer
    {
        public required Id<Ticket> TicketId { get; init; }
        public required Id<User>? AssigneeId { get; init; }
        public required Id<Team>? TeamId { get; init; }

        /// <summary>Since when it waits for somebody who can take it; null: it does not.</summary>
        public required DateTimeOffset? WaitingSince { get; init; }

        /// <summary>The latest first, at most 50. None: it was opened for somebody, or before there was anything to route by.</summary>
        public required IReadOnlyList<RoutingDecision> Decisions { get; init; }

        /// <summary>Who has handed it back, and is not given it again.</summary>
        public required IReadOnlyList<Refusal> Refusals { get; init; }
    }

    /// <summary>That an agent has handed a ticket back.</summary>
    public sealed record Refusal
    {
        public required Id<User> UserId { get; init; }
        public string? Reason { get; init; }
        public required DateTimeOffset At { get; init; }
    }

    /// <example>{"reason":"I do not speak French."}</example>
    public sealed record HandBackRequest
    {
        /// <summary>Who hands it back; left out, the person who is signed in. Only its assignee can.</summary>
        public Id<User>? UserId { get; init; }

        [StringLength(500, MinimumLength = 1)] public string? Reason { get; init; }
    }

    internal static async Task<Answer> Show([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, TenantDb db, CancellationToken ct)
    {
        var ticket = await Ticket.FindAsync(ticketId, db, ct);
        return new Answer
        {
            TicketId = ticketId, AssigneeId = ticket.AssigneeId, TeamId = ticket.TeamId,
            WaitingSince = await db.FindAsync<DateTimeOffset?>(Since, new { TicketId = ticketId }, ct),
            Decisions = await db.QueryTopAsync<RoutingDecision>(RoutingDecision.OfTicket, MostDecisions, new { TicketId = ticketId }, ct),
            Refusals = await db.QueryAsync<Refusal>(Refused, new { TicketId = ticketId }, ct),
        };
    }

    internal static async Task<Answer> Again([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, TenantDb db, RoutingDesk desk, CancellationToken ct)
    {
        var ticket = await Ticket.LockAsync(ticketId, db, ct);
        if (ticket.IsSolved) throw ApiProblem.Conflict("ticket_solved", "The ticket is solved: nobody has to take it.");
        if (ticket.AssigneeId is not null) throw ApiProblem.Conflict("ticket_assigned", "Somebody has the ticket. Take it from them first, or have them hand it back.");
        await desk.RouteAsync(ticket, "asked", null, isSilent: false, ct);
        return await Show(ticketId, db, ct);
    }

    internal static async Task<Answer> HandBack([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, HandBackRequest request, TenantDb db, RoutingDesk desk, Caller caller, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var ticket = await Ticket.LockAsync(ticketId, db, ct);
        var user = request.UserId ?? (caller.User is { } person ? new Id<User>(person.UserId) : throw ApiProblem.Invalid("/user_id", "required", "Say who hands it back."));
        if (ticket.AssigneeId != user) throw ApiProblem.Conflict("not_the_assignee", "Only who has the ticket can hand it back.");
        if (ticket.IsSolved) throw ApiProblem.Conflict("ticket_solved", "The ticket is solved: nobody has to take it.");
        var row = new { TicketId = ticketId, UserId = user, request.Reason, Now = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, row, ct) == 0) await db.ExecuteAsync(Insert, row, ct);
        events.Record("ticket.handed_back", new HandedBack { TicketId = ticketId, TicketNumber = ticket.Number, UserId = user, Reason = request.Reason }, ticket.CustomerId.Value);
        await desk.ChangeAsync(ticketId, new TicketChange { AssigneeId = new Change<Id<User>?>(null) }, ct);
        await desk.RouteAsync(await Ticket.FindAsync(ticketId, db, ct), "handed_back", null, isSilent: false, ct);
        return await Show(ticketId, db, ct);
    }

    private static readonly TenantSql Since = TenantSql.Of("SELECT w.Since FROM RoutingWaits w WHERE w.TenantId = @TenantId AND w.TicketId = @TicketId");

    private static readonly TenantSql Refused = TenantSql.Of("SELECT r.UserId, r.Reason, r.At FROM RoutingRefusals r WHERE r.TenantId = @TenantId AND r.TicketId = @TicketId ORDER BY r.At, r.UserId");

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE RoutingRefusals
        SET Reason = @Reason, At = @Now
        WHERE TenantId = @TenantId
          AND TicketId = @TicketId
          AND UserId = @UserId
        """);

    private static readonly TenantSql Insert = TenantSql.Of("INSERT INTO RoutingRefusals (TenantId, TicketId, UserId, Reason, At) VALUES (@TenantId, @TicketId, @UserId, @Reason, @Now)");
}

/// <summary>The data of <c>ticket.handed_back</c>.</summary>
public sealed record HandedBack
{
    public required Id<Ticket> TicketId { get; init; }
    public required int TicketNumber { get; init; }
    public required Id<User> UserId { get; init; }
    public required string? Reason { get; init; }
}
