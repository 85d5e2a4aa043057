using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Slas.Acknowledging;
using CustomerCrm.Slas.Alerts;
using CustomerCrm.Slas.Choosing;
using CustomerCrm.Slas.Clocks;
using CustomerCrm.Slas.Ledger;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;

namespace CustomerCrm.Slas;

/// <summary>Starts, pauses and stops the clocks of tickets, in the transaction of what happens to them.</summary>
internal sealed class SlaWatcher(TenantDb db, SlaChoice choice, SlaLedger ledger, AlertBook alerts, AcknowledgementSettings settings, JobQueue jobs) : ITicketWatcher
{
    public async Task OpenedAsync(Ticket ticket, CancellationToken ct)
    {
        if (await settings.IsOnAsync(ct)) await jobs.EnqueueOnceAsync(new AcknowledgeTicket(ticket.Id), ticket.Id.ToString(), ct);
        if ((await choice.PoliciesAsync(ct)).Count == 0) return;
        var now = await Ticket.FindAsync(ticket.Id, db, ct); // another watcher may have changed it since
        await MoveAsync(now, TicketMoment.Created, [], SlaMoves.Opened(), ct);
    }

    public async Task ChangedAsync(Ticket before, Ticket after, TicketMoment why, CancellationToken ct)
    {
        if (why == TicketMoment.CustomerReplied && await settings.IsOnAsync(ct)) await jobs.EnqueueOnceAsync(new AcknowledgeTicket(after.Id), after.Id.ToString(), ct);
        if (await ledger.ReadAsync(after.Id, ct) is { Count: > 0 } clocks) await MoveAsync(after, why, clocks, [], ct);
    }

    public async Task RestoredAsync(Ticket ticket, CancellationToken ct)
    {
        if (ticket.IsSolved || await ledger.ReadAsync(ticket.Id, ct) is not { Count: > 0 } clocks) return;
        await FollowAsync(ticket, clocks, ct);
        await alerts.LookAgainAsync(ticket, await ledger.ReadAsync(ticket.Id, ct), ct);
    }

    /// <summary>Brings the clocks to where the ticket, its policy and the calendar as they are now want them.</summary>
    public Task FollowAsync(Ticket ticket, IReadOnlyList<TicketClock> clocks, CancellationToken ct) => MoveAsync(ticket, TicketMoment.Changed, clocks, [], ct);

    private async Task MoveAsync(Ticket ticket, TicketMoment why, IReadOnlyList<TicketClock> clocks, IEnumerable<SlaMove> first, CancellationToken ct)
    {
        var chosen = await choice.ChooseAsync(ticket, ct);
        var after = clocks.ToDictionary(clock => (clock.Promise, clock.Cycle));
        var moved = new HashSet<(SlaPromise, int)>();
        foreach (var move in first) await AddAsync(move);
        var last = after.Values.GroupBy(clock => clock.Promise).Select(promise => promise.MaxBy(clock => clock.Cycle)!);
        foreach (var move in SlaMoves.After(ticket, why, chosen.Pauses(ticket.Category), [.. last.Select(clock => (clock.Promise, clock.Cycle, clock.State))])) await AddAsync(move);
        foreach (var clock in after.Values.Where(clock => clock.State != SlaClockState.Stopped).ToArray())
            if (WhyRetargeted(clock.Terms, chosen.TermsOf(clock.Promise, ticket.Priority)) is { } reason) await AddAsync(new SlaMove(clock.Promise, clock.Cycle, SlaStep.Retarget, reason));

        foreach (var key in moved) await ledger.SettleAsync(ticket.Id, after[key], ct);
        if (moved.Count > 0) await alerts.FollowAsync(ticket, [.. after.Values], ct);

        async Task AddAsync(SlaMove move)
        {
            var terms = move.Step is SlaStep.Start or SlaStep.Retarget ? chosen.TermsOf(move.Promise, ticket.Priority) : null;
            after[(move.Promise, move.Cycle)] = await ledger.AddAsync(ticket.Id, after.GetValueOrDefault((move.Promise, move.Cycle)), move, terms, ct);
            moved.Add((move.Promise, move.Cycle));
        }
    }

    // A policy's new name alone is nothing new.
    private static string? WhyRetargeted(SlaTerms before, SlaTerms now) =>
        before.PolicyId != now.PolicyId ? "other_policy"
        : before.TargetMinutes != now.TargetMinutes ? "other_target"
        : before.Calendar?.CalendarId != now.Calendar?.CalendarId ? "other_calendar"
        : before.Calendar != now.Calendar ? "calendar_changed"
        : null;
}
