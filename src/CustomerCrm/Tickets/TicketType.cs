namespace CustomerCrm.Tickets;

/// <summary>What a ticket is. The numbers are stored.</summary>
public enum TicketType
{
    Question = 1,

    /// <summary>Something that happened to one customer, maybe because of a problem.</summary>
    Incident = 2,

    /// <summary>What is behind several incidents.</summary>
    Problem = 3,

    Task = 4,
}

/// <summary>The numbers are stored.</summary>
public enum TicketPriority
{
    Low = 1,
    Normal = 2,
    High = 3,
    Urgent = 4,
}
