using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;

namespace CustomerCrm.Conversations.Threads;

/// <summary>A customer's message, whichever way it came: finds its conversation, or begins one.</summary>
internal sealed class ConversationIntake(ThreadFinder threads, ConversationWriter writer, ConversationMover mover, CustomerFinder customers, EntryReader reader)
{
    /// <param name="sent">What it says of itself.</param>
    /// <param name="who">The sender, where nobody has this address yet; null: they are known.</param>
    /// <param name="entry">What was written; its channel is said.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The entry, and whether it is new; null: a program wrote it, and it belongs to no conversation.</returns>
    public async Task<(ConversationEntry Entry, bool IsNew)?> TakeAsync(ThreadFinder.Sent sent, CustomerDetails? who, NewEntry entry, CancellationToken ct)
    {
        if (EntryWriter.KeyOf(entry) is { } key && await reader.KnownAsync(key, ct) is { } known) return (known, false);
        if (ThreadDecision.Of(await threads.AskAsync(sent, ct)) is not { } answer) return null;

        var told = entry with { Threading = answer.Why };
        if (answer.Thread is { } thread)
        {
            if (answer.Moves) await mover.MoveAsync(thread.Id, sent.SenderId!.Value, ct);
            return (await writer.AppendAsync(thread.Id, told, ct), true);
        }
        var customerId = sent.SenderId ?? await customers.FindOrCreateAsync(who!, "/customer", ct);
        var begun = await writer.StartAsync(new NewConversation { CustomerId = customerId, Channel = entry.Channel!.Value, ChannelId = entry.ChannelId, Subject = entry.Subject }, ct);
        return (await writer.AppendAsync(begun.Id, told, ct), true);
    }
}
