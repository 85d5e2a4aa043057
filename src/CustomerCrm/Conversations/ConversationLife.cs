namespace CustomerCrm.Conversations;

/// <summary>What an entry means for its conversation. Pure.</summary>
internal static class ConversationLife
{
    /// <summary>Who waits for whom, when who wrote last, and on which channel the customer is now.</summary>
    public static Conversation After(Conversation before, ConversationEntry entry)
    {
        if (entry.Kind != EntryKind.Message) return before with { LastEntryAt = Later(before.LastEntryAt, entry.CreatedAt) };
        var after = before with { LastMessage = entry.Number, LastEntryAt = Later(before.LastEntryAt, entry.CreatedAt), Subject = before.Subject ?? entry.Subject };
        return (entry.Author, entry.IsAutomatic) switch
        {
            (EntryAuthor.Customer, true) => after,
            (EntryAuthor.Customer, _) => Reopened(after) with
            {
                State = ConversationState.Open,
                Channel = entry.Channel!.Value,
                ChannelId = entry.ChannelId,
                LastCustomerAt = before.LastCustomerAt is { } last ? Later(last, entry.OccurredAt) : entry.OccurredAt,
            },
            (EntryAuthor.Agent, _) => Reopened(after) with
            {
                State = ConversationState.Waiting,
                LastAgentAt = before.LastAgentAt is { } last ? Later(last, entry.OccurredAt) : entry.OccurredAt,
            },
            _ => after, // a bot's words change nothing in who waits: a person may still have to answer
        };
    }

    private static Conversation Reopened(Conversation conversation) =>
        conversation.State != ConversationState.Closed ? conversation : conversation with { ClosedAt = null, ReopenCount = conversation.ReopenCount + 1 };

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
