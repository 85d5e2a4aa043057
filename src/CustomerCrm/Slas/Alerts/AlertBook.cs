using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Slas.Choosing;
using CustomerCrm.Slas.Clocks;
using CustomerCrm.Slas.Ledger;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;

namespace CustomerCrm.Slas.Alerts;

/// <summary>What was told of a ticket's clocks, each once: the row and what it tells of are one transaction.</summary>
internal sealed class AlertBook(TenantDb db, SlaLedger ledger, SlaChoice choice, EventLog events, JobQueue jobs, TimeProvider clock)
{
    // A moment has to be over.
    private static readonly TimeSpan after = TimeSpan.FromSeconds(1);

    /// <summary>After the ledger has changed: tells of a clock that was stopped too late, and looks again when the next thing is due.</summary>
    public async Task FollowAsync(Ticket ticket, IReadOnlyList<TicketClock> clocks, CancellationToken ct)
    {
        var done = await DoneAsync(ticket.Id, ct);
        foreach (var late in clocks.Where(c => c.State == SlaClockState.Stopped && !done.Contains((c.Promise, c.Cycle, AlertPlan.Breach))))
            if (Clockwork.Read(await ledger.StepsAsync(late, ct), clock.GetUtcNow()).IsBreached) await TellAsync(ticket, late, AlertPlan.Breach, "breach", "It was late.", ct);
        await LookAgainAsync(ticket, clocks, ct);
    }

    /// <summary>What is due and was not told, the earliest first; null: nothing.</summary>
    public async Task<(TicketClock Clock, PlannedAlert Alert)?> NextDueAsync(Ticket ticket, IReadOnlyList<TicketClock> clocks, CancellationToken ct) =>
        (await PlannedAsync(ticket, clocks, ct)).Where(p => p.Alert.IsDue(clock.GetUtcNow())).Select(p => ((TicketClock, PlannedAlert)?)p).FirstOrDefault();

    public async Task LookAgainAsync(Ticket ticket, IReadOnlyList<TicketClock> clocks, CancellationToken ct)
    {
        if ((await PlannedAsync(ticket, clocks, ct)).Select(p => (DateTimeOffset?)p.Alert.At).FirstOrDefault() is { } at)
            await jobs.EnqueueAsync(new WatchSla(ticket.Id), new JobTerms { RunAt = at + after, UniqueKey = ticket.Id.ToString() }, ct);
    }

    /// <summary>Writes down that it was done, and records it.</summary>
    /// <exception cref="DuplicateKeyException">It was done already.</exception>
    public async Task TellAsync(Ticket ticket, TicketClock of, string name, string kind, string outcome, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.ExecuteAsync(Insert, new { TicketId = ticket.Id, of.Promise, of.Cycle, Name = name, Kind = kind, Outcome = outcome, Now = now }, ct);
        events.Record(kind switch { AlertPlan.Warning => "sla.warning", AlertPlan.Breach => "sla.breached", _ => "sla.escalated" }, new SlaAlert
        {
            TicketId = ticket.Id, TicketNumber = ticket.Number, CustomerId = ticket.CustomerId, AssigneeId = ticket.AssigneeId, TeamId = ticket.TeamId, Priority = ticket.Priority, SlaId = of.Terms.PolicyId, SlaName = of.Terms.PolicyName,
            Promise = of.Promise, Cycle = of.Cycle, DueAt = Clockwork.Read(await ledger.StepsAsync(of, ct), now).DueAt, Name = name, Kind = kind, Outcome = outcome, At = now,
        }, ticket.CustomerId.Value);
    }

    public async Task<IReadOnlyList<ToldAlert>> OfTicketAsync(Id<Ticket> ticketId, CancellationToken ct) => await db.QueryAsync<ToldAlert>(OfTicket, new { TicketId = ticketId }, ct);

    private async Task<IReadOnlyList<(TicketClock Clock, PlannedAlert Alert)>> PlannedAsync(Ticket ticket, IReadOnlyList<TicketClock> clocks, CancellationToken ct)
    {
        var (done, policies) = (await DoneAsync(ticket.Id, ct), await choice.PoliciesAsync(ct));
        var planned = new List<(TicketClock, PlannedAlert)>();
        foreach (var running in clocks.Where(c => c.State == SlaClockState.Running))
        {
            var definition = policies.FirstOrDefault(p => p.Id == running.Terms.PolicyId)?.Definition;
            planned.AddRange(AlertPlan.Of(running.Promise, await ledger.StepsAsync(running, ct), definition?.WarnBeforeMinutes, definition?.Escalations ?? [])
                .Where(alert => !done.Contains((running.Promise, running.Cycle, alert.Name))).Select(alert => (running, alert)));
        }
        return [.. planned.OrderBy(p => p.Item2.At)];
    }

    private async Task<HashSet<(SlaPromise, int, string)>> DoneAsync(Id<Ticket> ticketId, CancellationToken ct) => [.. (await OfTicketAsync(ticketId, ct)).Select(told => (told.Promise, told.Cycle, told.Name))];

    private static readonly TenantSql OfTicket = TenantSql.Of("""
        SELECT a.Promise, a.Cycle, a.Name, a.Kind, a.Outcome, a.At
        FROM SlaAlerts a
        WHERE a.TenantId = @TenantId
          AND a.TicketId = @TicketId
        ORDER BY a.At, a.Name
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO SlaAlerts (TenantId, TicketId, Promise, Cycle, Name, Kind, Outcome, At)
        VALUES (@TenantId, @TicketId, @Promise, @Cycle, @Name, @Kind, @Outcome, @Now)
        """);
}
