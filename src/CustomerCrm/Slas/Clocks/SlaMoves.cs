using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.Slas.Clocks;

/// <summary>What happens to a ticket's clocks when something happens to the ticket. Asked twice about the same, it moves nothing the second time.</summary>
internal static class SlaMoves
{
    /// <summary>The clocks of a ticket that has just been opened: of the first response and of the resolution.</summary>
    public static IEnumerable<SlaMove> Opened() => [new(SlaPromise.FirstResponse, 1, SlaStep.Start, "ticket_created"), new(SlaPromise.Resolution, 1, SlaStep.Start, "ticket_created")];

    /// <param name="ticket">As it is now.</param>
    /// <param name="why">What happened.</param>
    /// <param name="isPause">Whether no clock runs where the ticket stands.</param>
    /// <param name="clocks">The last of each promise.</param>
    public static IReadOnlyList<SlaMove> After(Ticket ticket, TicketMoment why, bool isPause, IReadOnlyCollection<(SlaPromise Promise, int Cycle, SlaClockState State)> clocks)
    {
        var moves = new List<SlaMove>();
        var isOver = ticket.IsSolved || ticket.MergedIntoId is not null;
        foreach (var clock in clocks)
        {
            var isAnswered = clock.Promise switch
            {
                SlaPromise.FirstResponse => ticket.FirstRepliedAt is not null,
                SlaPromise.NextResponse => why == TicketMoment.AgentReplied || clock.State == SlaClockState.Stopped,
                _ => false,
            };
            var wanted = isOver || isAnswered ? SlaClockState.Stopped : isPause ? SlaClockState.Paused : SlaClockState.Running;
            moves.AddRange(Steps(clock.State, wanted).Select(step => new SlaMove(clock.Promise, clock.Cycle, step, ReasonOf(step, clock.State, ticket, why))));
        }
        var next = clocks.Where(clock => clock.Promise == SlaPromise.NextResponse).ToArray();
        if (why == TicketMoment.CustomerReplied && !isOver && ticket.FirstRepliedAt is not null && next.All(clock => clock.State == SlaClockState.Stopped))
            moves.Add(new SlaMove(SlaPromise.NextResponse, next.Select(clock => clock.Cycle).DefaultIfEmpty().Max() + 1, SlaStep.Start, "customer_replied"));
        return moves;
    }

    // What was stopped and is taken up again goes on: its time so far counts.
    private static SlaStep[] Steps(SlaClockState from, SlaClockState to) => (from, to) switch
    {
        (SlaClockState.Running, SlaClockState.Paused) => [SlaStep.Pause],
        (SlaClockState.Paused, SlaClockState.Running) or (SlaClockState.Stopped, SlaClockState.Running) => [SlaStep.Resume],
        (SlaClockState.Stopped, SlaClockState.Paused) => [SlaStep.Resume, SlaStep.Pause],
        (SlaClockState.Running or SlaClockState.Paused, SlaClockState.Stopped) => [SlaStep.Stop],
        _ => [],
    };

    private static string ReasonOf(SlaStep step, SlaClockState from, Ticket ticket, TicketMoment why) => step switch
    {
        SlaStep.Pause => ticket.Category == TicketCategory.Pending ? "pending" : ticket.Category == TicketCategory.OnHold ? "on_hold" : "paused",
        SlaStep.Resume => from == SlaClockState.Stopped ? "reopened" : why == TicketMoment.CustomerReplied ? "customer_replied" : "work_resumed",
        _ => ticket.MergedIntoId is not null ? "merged"
            : why == TicketMoment.AgentReplied && !ticket.IsSolved ? "agent_replied"
            : ticket.Category == TicketCategory.Closed ? "closed" : ticket.IsSolved ? "solved" : "agent_replied",
    };
}

/// <summary>One row that the ledger is to have.</summary>
/// <param name="Promise">Of which clock.</param>
/// <param name="Cycle">The how manieth of its kind.</param>
/// <param name="Step">What happens to it.</param>
/// <param name="Reason">Why: <c>ticket_created</c>, <c>agent_replied</c>, <c>pending</c> …</param>
internal sealed record SlaMove(SlaPromise Promise, int Cycle, SlaStep Step, string Reason);
