using CustomerCrm.Platform.Data;
using CustomerCrm.Users;

namespace CustomerCrm.Tickets.Presence;

/// <summary>Somebody who has a ticket before them.</summary>
/// <example>{"user_id":"usr_01mv4q0800ebxvvk1mr9tcr6ws","name":"Ada Byron","state":"editing","since":"2030-01-15T09:00:00Z","expires_at":"2030-01-15T09:01:00Z"}</example>
public sealed record TicketViewer
{
    public required Id<User> UserId { get; init; }
    public required string Name { get; init; }
    public required ViewerState State { get; init; }

    /// <summary>Since when in this state.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When they count as gone, if nothing is heard of them.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>The numbers are stored.</summary>
public enum ViewerState
{
    Viewing = 1,

    /// <summary>Writing an answer, or changing the ticket.</summary>
    Editing = 2,
}
