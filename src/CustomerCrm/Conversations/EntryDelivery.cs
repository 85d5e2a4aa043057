using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Conversations;

/// <summary>How far an answer has come.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Code">Why, where that is not plain: the rule of the contact policy, what the provider said, or <c>no_visitor</c>: nobody chats on the pages in this conversation, so it is seen only if the customer begins a chat as themselves.</param>
/// <param name="MessageId">The message that was sent; <c>GET /v1/messages/{message_id}/explanation</c> has every rule and attempt.</param>
public sealed record EntryDelivery(DeliveryState State, string? Code, Id<Message>? MessageId)
{
    /// <summary>Of an answer in the built-in chat: nobody chats in this conversation.</summary>
    internal const string NoVisitor = "no_visitor";

    internal static EntryDelivery? Of(ConversationEntry entry) =>
        entry.MessageState is { } state ? new EntryDelivery(StateOf(state), entry.MessageCode, entry.MessageId)
        : entry.Reported is { } reported ? new EntryDelivery(reported, entry.DeliveryCode, null)
        : null;

    private static DeliveryState StateOf(MessageState state) => state switch
    {
        MessageState.Queued or MessageState.Deferred or MessageState.Sending => DeliveryState.Pending,
        MessageState.Sent or MessageState.Unknown => DeliveryState.Sent,
        MessageState.Refused => DeliveryState.Refused,
        MessageState.Failed or MessageState.Bounced or MessageState.Cancelled => DeliveryState.Failed,
        MessageState.Opened or MessageState.Clicked => DeliveryState.Read,
        _ => DeliveryState.Delivered,
    };
}

/// <summary>How far an answer has come. The numbers are stored.</summary>
public enum DeliveryState
{
    /// <summary>It has not left yet, or waits until it may.</summary>
    Pending = 1,

    Sent = 2,
    Delivered = 3,

    /// <summary>It did not leave, or did not arrive.</summary>
    Failed = 4,

    /// <summary>The customer has opened it.</summary>
    Read = 5,

    /// <summary>The contact policy does not let it leave.</summary>
    Refused = 6,
}
