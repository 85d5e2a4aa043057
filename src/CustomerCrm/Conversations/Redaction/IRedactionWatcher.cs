namespace CustomerCrm.Conversations.Redaction;

/// <summary>Somebody who keeps words of what is said in conversations. Asked in the transaction of the redaction.</summary>
internal interface IRedactionWatcher
{
    /// <param name="entry">As it was before.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What those are called in events whose words must be forgotten, too.</returns>
    Task<IReadOnlyList<string>> RedactedAsync(ConversationEntry entry, CancellationToken ct);
}
