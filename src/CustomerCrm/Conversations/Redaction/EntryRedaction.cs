using CustomerCrm.Attachments;
using CustomerCrm.Conversations.Media;
using CustomerCrm.Interactions;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Conversations.Redaction;

/// <summary>Takes away what an entry says, and what repeats it: its interaction, its message, its files, and notes that programs made of it.</summary>
internal sealed class EntryRedaction(
    TenantDb db, EntryReader reader, ConversationBook book, NoteCopies copies, InteractionWriter interactions, MessageEraser messages, AttachmentEraser attachments, MediaBook media, RecordBin bin,
    JobQueue jobs, Caller caller, EventLog events, IEnumerable<IRedactionWatcher> watchers, TimeProvider clock)
{
    /// <exception cref="ApiProblem">404: no such entry. 409: it is an event, in which nobody wrote anything.</exception>
    public async Task<ConversationEntry> RedactAsync(Id<Conversation> conversationId, Id<ConversationEntry> entryId, string? reason, CancellationToken ct)
    {
        await book.HoldAsync(conversationId, ct); // the number it takes is the one of the note below
        var entry = await reader.FindAsync(conversationId, entryId, ct);
        if (entry.Kind == EntryKind.Event) throw ApiProblem.Conflict("nothing_to_redact", "What happened to a conversation says nothing that anybody wrote.");
        IReadOnlyList<NoteCopies.Copy> repeated = [];
        if (entry.RedactedAt is null)
        {
            repeated = await copies.OfAsync(entry, ct);
            await ForgetAsync(entry, ct);
        }
        await book.HeldNoteAsync(conversationId, "redacted", reason, ct);
        var redacted = await reader.FindAsync(conversationId, entryId, ct);
        events.Record("conversation.message_redacted", redacted, redacted.CustomerId.Value);
        foreach (var copy in repeated) await RedactAsync(copy.ConversationId, copy.Id, reason, ct);
        return redacted;
    }

    private async Task ForgetAsync(ConversationEntry entry, CancellationToken ct)
    {
        var known = await db.FindAsync<Known>(KnownBy, new { EntryId = entry.Id }, ct);
        await db.ExecuteAsync(Redact, new { EntryId = entry.Id, Now = clock.GetUtcNow(), By = caller.Actor.Name }, ct);
        var repeats = new List<string>(await ForgetSubjectAsync(entry, ct));
        foreach (var watcher in watchers) repeats.AddRange(await watcher.RedactedAsync(entry, ct));
        if (known?.InteractionId is { } said)
        {
            await interactions.RedactAsync(said, ct);
            if (entry.InteractionId is null && await db.FindAsync<RemovedRecord>(InBin, new { RecordId = said.ToString() }, ct) is { } removed) await bin.PurgeAsync(removed, isCustomer: false, ct);
        }
        if (entry.MessageId is { } sent) await messages.EraseAsync(sent, ct);
        await attachments.EraseAsync(entry.Id.ToBytes(), ct);
        await media.ForgetAsync(entry.Id, ct);
        string?[] copied = [entry.Id.ToString(), known?.InteractionId?.ToString(), entry.MessageId?.ToString(), .. entry.Attachments.Select(a => a.Id.ToString()), .. repeats];
        var first = await db.FindAsync<Id<ConversationEntry>?>(FirstOf, new { entry.ConversationId }, ct) ?? entry.Id;
        await jobs.EnqueueAsync(new Forget(Forgotten.Words, [.. copied.OfType<string>()], first.Value), ct);
    }

    // The conversation may be called by what this message was about, and answers repeat it.
    private async Task<IReadOnlyList<string>> ForgetSubjectAsync(ConversationEntry entry, CancellationToken ct)
    {
        if (entry.Subject is not { } subject) return [];
        var named = new List<string>();
        if (await db.ExecuteAsync(ForgetSubject, new { entry.ConversationId, Subject = subject }, ct) > 0) named.Add($"\"id\":\"{entry.ConversationId}\"");
        foreach (var repeat in await db.QueryAsync<Repeat>(Repeats, new { entry.ConversationId, entry.Id, Subject = subject, Answer = $"Re: {subject}" }, ct))
        {
            await interactions.RedactSubjectAsync(repeat.InteractionId, ct);
            if (repeat.MessageId is { } sent) await messages.EraseSubjectAsync(sent, ct);
            named.AddRange([repeat.Id.ToString(), repeat.InteractionId.ToString()]);
            if (repeat.MessageId is { } told) named.Add(told.ToString());
        }
        return named;
    }

    private sealed record Repeat
    {
        public required Id<ConversationEntry> Id { get; init; }
        public required Id<Interaction> InteractionId { get; init; }
        public Id<Message>? MessageId { get; init; }
    }

    private static readonly TenantSql FirstOf = TenantSql.Of("SELECT e.Id FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.ConversationId = @ConversationId AND e.Number = 1");

    private static readonly TenantSql Repeats = TenantSql.Of("""
        SELECT e.Id, e.InteractionId, e.MessageId
        FROM ConversationEntries e
        JOIN Interactions i ON i.TenantId = e.TenantId AND i.Id = e.InteractionId
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.Id <> @Id
          AND i.Subject IN (@Subject, @Answer)
        """);

    private sealed record Known
    {
        public Id<Interaction>? InteractionId { get; init; }
    }

    private static readonly TenantSql KnownBy = TenantSql.Of("SELECT e.InteractionId FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.Id = @EntryId");

    private static readonly TenantSql Redact = TenantSql.Of("""
        UPDATE ConversationEntries
        SET Body = NULL, RedactedAt = @Now, RedactedBy = @By
        WHERE TenantId = @TenantId
          AND Id = @EntryId
        """);

    private static readonly TenantSql ForgetSubject = TenantSql.Of("""
        UPDATE Conversations
        SET Subject = NULL
        WHERE TenantId = @TenantId
          AND Id = @ConversationId
          AND Subject = @Subject
        """);

    private static readonly TenantSql InBin = TenantSql.Of($"""
        SELECT {RemovedRecord.Columns}
        FROM RemovedRecords b
        WHERE b.TenantId = @TenantId
          AND b.RecordId = @RecordId
        """);
}
