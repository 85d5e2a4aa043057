using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Conversations;

/// <summary>
/// Somebody who has to know at once what comes to conversations: tickets are taken up again by it. Asked in the same transaction, in the order of
/// registration, when the entry is written and the conversation is as it says.
/// </summary>
internal interface IConversationWatcher
{
    Task AppendedAsync(Conversation conversation, ConversationEntry entry, CancellationToken ct);

    /// <summary>It turned out to be another customer's, and what hangs on it is theirs, too. Asked before anything becomes of who had it.</summary>
    Task MovedAsync(Id<Conversation> conversationId, Id<Customer> from, Id<Customer> to, CancellationToken ct);
}
