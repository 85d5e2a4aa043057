using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tickets.Links;

/// <summary>Which row a link is. Pure.</summary>
internal static class LinkRules
{
    /// <summary>The ends of the row and its kind, whichever of the two tickets it is said of.</summary>
    public static (Id<Ticket> From, Id<Ticket> To, LinkKind Kind) RowOf(Id<Ticket> ticket, Id<Ticket> other, TicketRelation relation) => relation switch
    {
        TicketRelation.Problem => (ticket, other, LinkKind.ProblemOf),
        TicketRelation.Incident => (other, ticket, LinkKind.ProblemOf),
        TicketRelation.Original => (ticket, other, LinkKind.Duplicates),
        TicketRelation.Duplicate => (other, ticket, LinkKind.Duplicates),
        _ => ticket.ToBytes().AsSpan().SequenceCompareTo(other.ToBytes()) < 0 ? (ticket, other, LinkKind.Relates) : (other, ticket, LinkKind.Relates),
    };

    /// <summary>Whether a row from one to the other would close a circle among the rows of its kind, given where each leads.</summary>
    /// <param name="from">Where the row begins.</param>
    /// <param name="to">Where it leads.</param>
    /// <param name="next">The tickets that a ticket leads to.</param>
    /// <param name="most">How many are looked at; a longer chain counts as a circle.</param>
    public static async Task<bool> ClosesCircleAsync(Id<Ticket> from, Id<Ticket> to, Func<Id<Ticket>, Task<IReadOnlyList<Id<Ticket>>>> next, int most)
    {
        var (seen, open) = (new HashSet<Id<Ticket>>(), new Queue<Id<Ticket>>([to]));
        while (open.TryDequeue(out var one))
        {
            if (one == from || seen.Count >= most) return true;
            if (!seen.Add(one)) continue;
            foreach (var further in await next(one)) open.Enqueue(further);
        }
        return false;
    }
}
