using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Tickets;

/// <summary>Keeps how content a customer was with a ticket, as the last answer to a survey says. In the caller's transaction.</summary>
internal sealed class TicketSatisfaction(TenantDb db, TicketWriter tickets)
{
    /// <param name="ticketId">Which.</param>
    /// <param name="score">CSAT, 1 to 5.</param>
    /// <param name="at">When it was said; what was said before what is known already changes nothing.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">404: there is no such ticket.</exception>
    public async Task RecordAsync(Id<Ticket> ticketId, int score, DateTimeOffset at, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(score, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(score, 5);
        var before = await Ticket.LockAsync(ticketId, db, ct);
        if (before.SatisfactionAt >= at) return;
        await tickets.SaveAsync(before, before with { Satisfaction = score, SatisfactionAt = at }, TicketMoment.Changed, ct);
    }
}
