namespace CustomerCrm.Conversations;

/// <summary>
/// Somebody who has to know at once what comes to conversations: tickets are taken up again by it. Asked in the same transaction, in the order of
/// registration, when the entry is written and the conversation is as it says.
/// </summary>
internal interface IConversationWatcher
{
    Task AppendedAsync(Conversation conversation, ConversationEntry entry, CancellationToken ct);
}
