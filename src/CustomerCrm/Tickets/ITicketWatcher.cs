namespace CustomerCrm.Tickets;

/// <summary>
/// Somebody who has to know at once what happens to tickets: who promises times, who says whose they are. Asked in the transaction of the change,
/// in the order of registration, and not for history that is being loaded (<c>Crm-Quiet</c>). A watcher that changes the ticket is asked about that
/// change too.
/// </summary>
public interface ITicketWatcher
{
    Task OpenedAsync(Ticket ticket, CancellationToken ct);

    /// <param name="before">As it was.</param>
    /// <param name="after">As it is, and is stored.</param>
    /// <param name="why">What happened.</param>
    /// <param name="ct">Cancels.</param>
    Task ChangedAsync(Ticket before, Ticket after, TicketMoment why, CancellationToken ct);

    /// <summary>It is back from the recycle bin, by itself or with its customer: what came due meanwhile was passed over, and nobody has told it what is different since.</summary>
    Task RestoredAsync(Ticket ticket, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>What happened to a ticket.</summary>
public enum TicketMoment
{
    Created,

    /// <summary>A person, a rule or a job changed it.</summary>
    Changed,

    /// <summary>The customer has written.</summary>
    CustomerReplied,

    /// <summary>The customer was answered in public.</summary>
    AgentReplied,

    /// <summary>It went into another ticket.</summary>
    Merged,
}
