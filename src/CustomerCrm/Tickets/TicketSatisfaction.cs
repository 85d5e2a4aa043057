using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tickets;

/// <summary>Keeps how content a customer was with a ticket, as the last answer to a survey says. In the caller's transaction.</summary>
internal sealed class TicketSatisfaction(TenantDb db, TicketTargets targets, TicketWriter tickets)
{
    /// <summary>Of a ticket that is gone nothing is kept; what is known already changes nothing.</summary>
    /// <param name="ticketId">Which.</param>
    /// <param name="score">CSAT, 1 to 5; null: nobody has said anything that still counts.</param>
    /// <param name="at">When it was said.</param>
    /// <param name="ct">Cancels.</param>
    public async Task RecordAsync(Id<Ticket> ticketId, int? score, DateTimeOffset? at, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(score ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(score ?? 5, 5);
        if (!await targets.HasTicketAsync(ticketId, ct)) return;
        var before = await Ticket.LockAsync(ticketId, db, ct);
        await tickets.SaveAsync(before, before with { Satisfaction = score, SatisfactionAt = at }, TicketMoment.Changed, ct);
    }
}
