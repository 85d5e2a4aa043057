using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.Tickets;

/// <summary>What follows from where a ticket is taken. Pure.</summary>
internal static class TicketSteps
{
    /// <summary>Where a ticket is when it is opened.</summary>
    public static TicketCategory First(NewTicket ticket) => ticket.Category ?? (ticket.AssigneeId is null ? TicketCategory.New : TicketCategory.Open);

    /// <summary>Whoever gets a new ticket has begun with it, unless it is said where it stands.</summary>
    public static Ticket Taken(Ticket before, Ticket after) =>
        before.Category == TicketCategory.New && after.Category == TicketCategory.New && after.AssigneeId is not null && after.AssigneeId != before.AssigneeId ? after with { Category = TicketCategory.Open } : after;

    /// <summary>The times that go with where it stands, and how often it had to be taken up again.</summary>
    /// <exception cref="ApiProblem">409: from where it is nobody takes it there.</exception>
    public static Ticket Settle(Ticket before, Ticket after, DateTimeOffset now)
    {
        var (from, to) = (before.Category, after.Category);
        if (from == to) return after;
        if (from == TicketCategory.Closed) throw Closed();
        if (to == TicketCategory.New) throw ApiProblem.Invalid("/category", "new_once", "A ticket is new only until somebody has begun with it.");
        return after with
        {
            SolvedAt = !after.IsSolved ? null : before.SolvedAt ?? now,
            ClosedAt = to == TicketCategory.Closed ? now : null,
            ReopenCount = before.ReopenCount + (before.IsSolved && !after.IsSolved ? 1 : 0),
        };
    }

    /// <summary>The events that a change is, each with the ticket as it is then.</summary>
    public static IEnumerable<string> EventsBetween(Ticket before, Ticket after)
    {
        yield return "ticket.updated";
        if (after.MergedIntoId != before.MergedIntoId) yield break; // nobody has solved it: it is solved where it went
        if (before.IsSolved && !after.IsSolved) yield return "ticket.reopened";
        if (!before.IsSolved && after.IsSolved) yield return "ticket.solved";
        if (before.Category != TicketCategory.Closed && after.Category == TicketCategory.Closed) yield return "ticket.closed";
    }

    public static ApiProblem Merged(Id<Ticket> into) => ApiProblem.Conflict("ticket_merged", "The ticket went into another one; go on there.", new Dictionary<string, object?> { ["merged_into_id"] = into });

    public static ApiProblem Closed() => ApiProblem.Conflict("ticket_closed", "The ticket is closed for good. Open another one that follows it.");
}
