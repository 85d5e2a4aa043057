namespace CustomerCrm.Messages;

/// <summary>Where a message stands. The numbers are stored; from <see cref="Sent"/> on, what is further along has the higher one.</summary>
public enum MessageState
{
    /// <summary>It leaves as soon as somebody gets round to it, or is tried again.</summary>
    Queued = 1,

    /// <summary>The policy has put it off; <c>due_at</c> says until when.</summary>
    Deferred = 2,

    /// <summary>It is with the provider just now.</summary>
    Sending = 3,

    /// <summary>The policy did not let it leave.</summary>
    Refused = 4,

    /// <summary>Somebody took it back before it left.</summary>
    Cancelled = 5,

    /// <summary>It may have been sent: the provider's answer was lost. It is not sent again.</summary>
    Unknown = 10,

    /// <summary>The provider has it.</summary>
    Sent = 11,

    /// <summary>It has arrived, as the provider says.</summary>
    Delivered = 12,

    /// <summary>The provider would not send it, could not deliver it, or was not to be reached for too long.</summary>
    Failed = 13,

    /// <summary>It came back, and would again.</summary>
    Bounced = 14,

    /// <summary>It was opened, as the provider says.</summary>
    Opened = 15,

    /// <summary>A link in it was followed, as the provider says.</summary>
    Clicked = 16,

    /// <summary>The customer has complained of it.</summary>
    Complained = 17,
}
