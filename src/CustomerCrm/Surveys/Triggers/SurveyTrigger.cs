using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Segments;

namespace CustomerCrm.Surveys.Triggers;

/// <summary>What makes a survey ask, and how long afterwards.</summary>
/// <example>{"on":"order_delivered","event":null,"segment_id":null,"after_hours":72}</example>
public sealed record SurveyTrigger : IValidatableObject
{
    [Required] public TriggerKind? On { get; init; }

    /// <summary>Of <c>event</c>: its type, as in the feed.</summary>
    /// <example>order.paid</example>
    [StringLength(100), RegularExpression(@"^[a-z_]+\.[a-z_]+$")] public string? Event { get; init; }

    /// <summary>Of <c>segment_joined</c>.</summary>
    public Id<Segment>? SegmentId { get; init; }

    /// <summary>How many hours afterwards, up to a year: 72 is three days.</summary>
    [Range(0, 8760)] public int AfterHours { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (On == TriggerKind.Event == Event is null) yield return new BrokenRule(Event is null ? "required" : "not_of_kind", "An event trigger says which, and no other does.", nameof(Event));
        if (On == TriggerKind.SegmentJoined == SegmentId is null) yield return new BrokenRule(SegmentId is null ? "required" : "not_of_kind", "A segment trigger says which, and no other does.", nameof(SegmentId));
        if (Event?.StartsWith("survey.", StringComparison.Ordinal) == true) yield return new BrokenRule("own_event", "A survey does not answer what surveys themselves do.", nameof(Event));
    }

    internal string EventType => On switch
    {
        TriggerKind.TicketSolved => "ticket.solved",
        TriggerKind.OrderDelivered => "order.delivered",
        TriggerKind.ConversationClosed => "conversation.closed",
        TriggerKind.SegmentJoined => "segment.entered",
        _ => Event!,
    };

    internal InvitationCause Cause => On switch
    {
        TriggerKind.TicketSolved => InvitationCause.TicketSolved,
        TriggerKind.OrderDelivered => InvitationCause.OrderDelivered,
        TriggerKind.ConversationClosed => InvitationCause.ConversationClosed,
        TriggerKind.SegmentJoined => InvitationCause.SegmentJoined,
        _ => InvitationCause.Event,
    };
}

/// <summary>What a survey can wait for.</summary>
public enum TriggerKind
{
    TicketSolved,
    OrderDelivered,
    ConversationClosed,

    /// <summary>A customer entered a segment.</summary>
    SegmentJoined,

    /// <summary>Any event that is about a customer.</summary>
    Event,
}

/// <summary>What made an invitation. The numbers are stored.</summary>
public enum InvitationCause
{
    Api = 1,
    AutomationRule = 2,
    TicketSolved = 3,
    OrderDelivered = 4,
    ConversationClosed = 5,
    SegmentJoined = 6,
    Event = 7,
}
