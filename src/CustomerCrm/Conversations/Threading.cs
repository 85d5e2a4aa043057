namespace CustomerCrm.Conversations;

/// <summary>Why a message stands in a conversation.</summary>
/// <param name="By">By which rule.</param>
/// <param name="Detail">In words.</param>
public sealed record Threading(ThreadedBy By, string Detail);

/// <summary>The rules by which a customer's message finds its conversation, the surest first. The numbers are stored.</summary>
public enum ThreadedBy
{
    /// <summary>It was said: by the address that answers go to, by the visitor's token, or by whoever recorded it.</summary>
    Named = 1,

    /// <summary>It answers a message of the conversation, as its headers <c>In-Reply-To</c> and <c>References</c> say.</summary>
    Answers = 2,

    /// <summary>It is the customer's conversation that is open.</summary>
    OpenConversation = 3,

    /// <summary>It is the customer's conversation that was closed a short while ago.</summary>
    RecentlyClosed = 4,

    /// <summary>A visitor had given this address in a chat.</summary>
    ChatAddress = 5,

    /// <summary>It belongs to none there is, so it began one.</summary>
    New = 6,
}
