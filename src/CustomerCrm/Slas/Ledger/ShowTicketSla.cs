using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Slas.Acknowledging;
using CustomerCrm.Slas.Alerts;
using CustomerCrm.Slas.Choosing;
using CustomerCrm.Slas.Clocks;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Slas.Ledger;

/// <summary>GET /tickets/{ticket_id}/sla: what is promised of a ticket, until when, and how each due time came about.</summary>
public static class ShowTicketSla
{
    public sealed record TicketSla
    {
        public required Id<Ticket> TicketId { get; init; }
        public required DateTimeOffset AsOf { get; init; }

        /// <summary>The policies as they are asked now, up to the first that matches: that one is the ticket's.</summary>
        public required IReadOnlyList<ConsideredSla> Considered { get; init; }

        /// <summary>Empty where nothing was promised when the ticket was opened.</summary>
        public required IReadOnlyList<ExplainedClock> Clocks { get; init; }

        /// <summary>Automatic answers while nobody was there.</summary>
        public required IReadOnlyList<Acknowledgement> Acknowledgements { get; init; }
    }

    /// <summary>One promise, counted from its ledger at this moment.</summary>
    public sealed record ExplainedClock
    {
        public required SlaPromise Promise { get; init; }

        /// <summary>A next response is promised anew each time the customer writes: 1, 2, 3 …</summary>
        public required int Cycle { get; init; }

        public required SlaClockState State { get; init; }
        public required Id<SlaPolicy>? SlaId { get; init; }

        /// <summary>Null: nothing is promised.</summary>
        public required int? TargetMinutes { get; init; }

        /// <summary>Open time while it ran, in minutes.</summary>
        public required double CountedMinutes { get; init; }

        /// <summary>What is left of the target; below 0 once it is late.</summary>
        public required double? RemainingMinutes { get; init; }

        /// <summary>When the target is or was reached; null while a pause or a stop keeps it from being reached.</summary>
        public required DateTimeOffset? DueAt { get; init; }

        public required bool IsBreached { get; init; }

        /// <summary>Each row, with what the clock came to at that moment.</summary>
        public required IReadOnlyList<ExplainedEntry> Ledger { get; init; }

        /// <summary>What was done because it came so far.</summary>
        public required IReadOnlyList<ToldAlert> Alerts { get; init; }
    }

    /// <summary>A row of the ledger.</summary>
    public sealed record ExplainedEntry
    {
        public required SlaStep Step { get; init; }

        /// <summary><c>ticket_created</c>, <c>customer_replied</c>, <c>agent_replied</c>, <c>pending</c>, <c>on_hold</c>, <c>work_resumed</c>, <c>reopened</c>, <c>solved</c>, <c>closed</c>, <c>merged</c>, <c>other_policy</c>, <c>other_target</c>, <c>other_calendar</c>, <c>calendar_changed</c>; may grow.</summary>
        public required string Reason { get; init; }

        public required DateTimeOffset At { get; init; }

        /// <summary>Who, as they were called then.</summary>
        public required Actor Actor { get; init; }

        /// <summary>Counted up to this row, by the terms that held then.</summary>
        public required double CountedMinutes { get; init; }

        /// <summary>When it was due as things stood after this row.</summary>
        public required DateTimeOffset? DueAt { get; init; }

        /// <summary>The same, in words.</summary>
        /// <example>Starts: 240 minutes of the hours of Support, Vienna, promised by Best customers. Due 2030-01-18 14:00 UTC.</example>
        public required string Explanation { get; init; }
    }

    internal static async Task<TicketSla> Handle([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, TenantDb db, SlaLedger ledger, SlaChoice choice, CalendarEditions calendars, AlertBook alerts, TimeProvider clock, CancellationToken ct)
    {
        var ticket = await Ticket.FindAsync(ticketId, db, ct);
        var (now, told) = (clock.GetUtcNow(), await alerts.OfTicketAsync(ticketId, ct));
        var clocks = new List<ExplainedClock>();
        foreach (var of in await ledger.ReadAsync(ticketId, ct)) clocks.Add(await ExplainAsync(of, told, ledger, calendars, now, ct));
        return new TicketSla { TicketId = ticketId, AsOf = now, Considered = await choice.ConsiderAsync(ticket, ct), Clocks = clocks, Acknowledgements = await db.QueryAsync<Acknowledgement>(Acknowledgement.OfTicket, new { TicketId = ticketId }, ct) };
    }

    private static async Task<ExplainedClock> ExplainAsync(TicketClock of, IReadOnlyList<ToldAlert> told, SlaLedger ledger, CalendarEditions calendars, DateTimeOffset now, CancellationToken ct)
    {
        var steps = await ledger.StepsAsync(of, ct);
        var rows = new List<ExplainedEntry>();
        foreach (var (i, entry) in of.Entries.Index())
        {
            var then = Clockwork.Read([.. steps.Take(i + 1)], entry.At);
            rows.Add(new ExplainedEntry
            {
                Step = entry.Step, Reason = entry.Reason, At = entry.At, Actor = new Actor(entry.ActorKind, entry.ActorId, entry.ActorName), CountedMinutes = Minutes(then.Counted), DueAt = then.DueAt,
                Explanation = SlaWords.Of(entry, then, (await calendars.HoursAsync(entry.Terms.Calendar, ct)).Name),
            });
        }
        var reading = Clockwork.Read(steps, now);
        return new ExplainedClock
        {
            Promise = of.Promise, Cycle = of.Cycle, State = reading.State, SlaId = of.Terms.PolicyId, TargetMinutes = of.Terms.TargetMinutes, CountedMinutes = Minutes(reading.Counted),
            RemainingMinutes = reading.Remaining is { } left ? Minutes(left) : null, DueAt = reading.DueAt, IsBreached = reading.IsBreached, Ledger = rows, Alerts = [.. told.Where(a => (a.Promise, a.Cycle) == (of.Promise, of.Cycle))],
        };
    }

    private static double Minutes(TimeSpan time) => Math.Round(time.TotalMinutes, 3);
}
