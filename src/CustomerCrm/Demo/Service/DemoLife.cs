using CustomerCrm.Interactions;
using CustomerCrm.Tickets;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.Demo.Service;

/// <summary>A ticket from its beginning to where it stands.</summary>
internal sealed record DemoLife
{
    /// <summary>Which of the shop's customers.</summary>
    public required int Customer { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
    public required InteractionChannel Channel { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required TicketPriority Priority { get; init; }
    public required TicketType Type { get; init; }
    public required string Tag { get; init; }

    /// <summary>Which of the shop's people.</summary>
    public required int Agent { get; init; }

    public required IReadOnlyList<DemoStep> Steps { get; init; }

    /// <summary>What the customer said when asked how it went, 1 to 5; null: nothing.</summary>
    public int? Satisfaction { get; init; }

    public string? Comment { get; init; }
}

/// <summary>What happened next.</summary>
/// <param name="At">When.</param>
/// <param name="Does">Who did what.</param>
/// <param name="Text">What was said, or noted.</param>
/// <param name="Category">Where the ticket stands then.</param>
internal sealed record DemoStep(DateTimeOffset At, DemoDeed Does, string Text = "", TicketCategory Category = TicketCategory.Open);

internal enum DemoDeed
{
    Answer,
    CustomerWrites,
    Note,
    Move,
}
