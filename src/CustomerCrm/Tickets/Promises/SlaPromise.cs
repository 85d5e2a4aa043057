namespace CustomerCrm.Tickets.Promises;

/// <summary>What is promised of a ticket. The numbers are stored.</summary>
public enum SlaPromise
{
    /// <summary>The first public answer of a person.</summary>
    FirstResponse = 1,

    /// <summary>The next one, each time the customer has written again.</summary>
    NextResponse = 2,

    /// <summary>That it is solved.</summary>
    Resolution = 3,
}
