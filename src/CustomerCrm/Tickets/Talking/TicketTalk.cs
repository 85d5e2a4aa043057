using CustomerCrm.Tickets.Settings;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.Tickets.Talking;

/// <summary>What a message means for its ticket. Pure.</summary>
internal static class TicketTalk
{
    /// <summary>Whether the customer's message belongs to another ticket that follows this one, because this one is closed or was solved too long ago.</summary>
    public static bool IsOver(Ticket ticket, TicketSettings settings, DateTimeOffset now) =>
        ticket.Category == TicketCategory.Closed || (ticket.Category == TicketCategory.Solved && ticket.SolvedAt!.Value.AddDays(settings.ReopenDays) <= now);

    /// <summary>The customer has written: it is the tenant's turn, whatever it waited for.</summary>
    public static Ticket AfterCustomer(Ticket ticket, DateTimeOffset at) => ticket with
    {
        CustomerRepliedAt = ticket.CustomerRepliedAt > at ? ticket.CustomerRepliedAt : at,
        Category = ticket.Category == TicketCategory.New ? TicketCategory.New : TicketCategory.Open,
    };

    /// <summary>The customer was answered: somebody has begun.</summary>
    public static Ticket AfterAgent(Ticket ticket, DateTimeOffset at) => ticket with
    {
        FirstRepliedAt = ticket.FirstRepliedAt ?? at,
        RepliedAt = ticket.RepliedAt > at ? ticket.RepliedAt : at,
        Category = ticket.Category == TicketCategory.New ? TicketCategory.Open : ticket.Category,
    };
}
