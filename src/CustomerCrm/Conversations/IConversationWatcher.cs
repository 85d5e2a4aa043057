using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Conversations;

/// <summary>
/// Somebody who has to know at once what comes to conversations: tickets are taken up again by it, and follow it. Asked in the same transaction, in the order of
/// registration, when it is written and the conversation is as it says.
/// </summary>
internal interface IConversationWatcher
{
    Task AppendedAsync(Conversation conversation, ConversationEntry entry, CancellationToken ct) => Task.CompletedTask;

    /// <param name="moved">As it is, with whose it is now.</param>
    /// <param name="from">Whose it was.</param>
    /// <param name="ct">Cancels.</param>
    Task MovedAsync(Conversation moved, Id<Customer> from, CancellationToken ct) => Task.CompletedTask;
}
