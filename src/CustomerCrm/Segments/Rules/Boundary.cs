namespace CustomerCrm.Segments.Rules;

/// <summary>
/// A moment at which a rule draws a line, as it is at one time of asking. Where the line lies elsewhere at another time, those customers
/// may be in or out by now of whom something of this kind happened in between; nobody else is, whom no event tells of.
/// </summary>
/// <param name="Kind">What is compared with it.</param>
/// <param name="At">Where the line is.</param>
internal readonly record struct Boundary(MomentKind Kind, DateTimeOffset At);

/// <summary>What has a time that rules ask about.</summary>
internal enum MomentKind
{
    CustomerCreated,
    Interaction,
    Order,
    TrackedEvent,
    ConsentExpiry,
    Ticket,
}
