using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Users;

namespace CustomerCrm.Tickets.Releasing;

/// <summary>Somebody has left the tenant: what they were at is nobody's, so that whoever routes tickets finds somebody else.</summary>
public sealed record ReleaseTickets(Id<User> UserId);

internal sealed class ReleaseTicketsJob(TenantDb db, TicketWriter tickets, Caller caller) : IJob<ReleaseTickets>
{
    private const int AtOnce = 20;

    // Each that is released is not found again, so a second run finds the rest.
    public async Task RunAsync(ReleaseTickets work, CancellationToken ct)
    {
        caller.ActAs(new Actor(ActorKind.Job, null, "user left"));
        await db.ChangeByPieceAsync<Id<Ticket>>(Theirs, AtOnce, new { work.UserId }, id => ReleaseAsync(id, work.UserId, ct), ct);
    }

    private async Task ReleaseAsync(Id<Ticket> id, Id<User> gone, CancellationToken ct)
    {
        var ticket = await Ticket.LockAsync(id, db, ct);
        // A ticket shows nobody who is gone; the row still names them.
        if (ticket is { AssigneeId: null, IsSolved: false }) await tickets.SaveAsync(ticket with { AssigneeId = gone }, ticket, TicketMoment.Changed, ct);
    }

    private static readonly TenantSql Theirs = TenantSql.Of("""
        SELECT t.Id
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.AssigneeId = @UserId
          AND t.Category < 5
          AND NOT EXISTS (SELECT 1 FROM Users u WHERE u.TenantId = t.TenantId AND u.Id = t.AssigneeId)
        ORDER BY t.Priority DESC, t.Id
        """);
}
