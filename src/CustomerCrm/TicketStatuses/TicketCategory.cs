namespace CustomerCrm.TicketStatuses;

/// <summary>Where a ticket stands. What it does follows from these six; a tenant's own labels are each of one of them. The numbers are stored.</summary>
public enum TicketCategory
{
    /// <summary>Nobody has begun.</summary>
    New = 1,

    /// <summary>It is the tenant's turn.</summary>
    Open = 2,

    /// <summary>It is the customer's turn.</summary>
    Pending = 3,

    /// <summary>It is somebody else's turn: a supplier, another department.</summary>
    OnHold = 4,

    /// <summary>Answered; what the customer writes opens it again.</summary>
    Solved = 5,

    /// <summary>Done with for good; what the customer writes opens another ticket.</summary>
    Closed = 6,
}
