using System.ComponentModel.DataAnnotations;
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
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations.Redaction;

/// <summary>POST /conversations/{conversation_id}/entries/{entry_id}/redaction: what was said is gone, wherever it stood. That something was said stays.</summary>
public static class RedactEntry
{
    /// <example>{"reason":"A card number."}</example>
    public sealed record Request
    {
        /// <summary>For whoever asks later; it stands in the conversation.</summary>
        /// <example>A card number.</example>
        [StringLength(200, MinimumLength = 1)] public string? Reason { get; init; }
    }

    internal static async Task<ConversationEntry> Handle(
        [FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, [FromRoute(Name = "entry_id")] Id<ConversationEntry> entryId, Request request, EntryReader reader, ConversationBook book,
        InteractionWriter interactions, MessageEraser messages, AttachmentEraser attachments, MediaBook media, RecordBin bin, JobQueue jobs, Caller caller, EventLog events, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        await book.HoldAsync(conversationId, ct); // the number it takes is the one of the note below
        var entry = await reader.FindAsync(conversationId, entryId, ct);
        if (entry.Kind == EntryKind.Event) throw ApiProblem.Conflict("nothing_to_redact", "What happened to a conversation says nothing that anybody wrote.");
        if (entry.RedactedAt is null)
        {
            var known = await db.FindAsync<Known>(KnownBy, new { EntryId = entryId }, ct);
            await db.ExecuteAsync(Redact, new { EntryId = entryId, Now = clock.GetUtcNow(), By = caller.Actor.Name }, ct);
            var repeats = await ForgetSubjectAsync(entry, interactions, messages, db, ct);
            if (known?.InteractionId is { } said)
            {
                await interactions.RedactAsync(said, ct);
                if (entry.InteractionId is null && await db.FindAsync<RemovedRecord>(InBin, new { RecordId = said.ToString() }, ct) is { } removed) await bin.PurgeAsync(removed, isCustomer: false, ct);
            }
            if (entry.MessageId is { } sent) await messages.EraseAsync(sent, ct);
            await attachments.EraseAsync(entryId.ToBytes(), ct);
            await media.ForgetAsync(entryId, ct);
            string?[] copied = [entryId.ToString(), known?.InteractionId?.ToString(), entry.MessageId?.ToString(), .. entry.Attachments.Select(a => a.Id.ToString()), .. repeats];
            await jobs.EnqueueAsync(new Forget(Forgotten.Words, [.. copied.OfType<string>()], await db.FindAsync<Id<ConversationEntry>>(FirstOf, new { ConversationId = conversationId }, ct) is var first ? first.Value : entryId.Value), ct);
        }
        await book.HeldNoteAsync(conversationId, "redacted", request.Reason, ct);
        var redacted = await reader.FindAsync(conversationId, entryId, ct);
        events.Record("conversation.message_redacted", redacted, redacted.CustomerId.Value);
        return redacted;
    }

    // The conversation may be called by what this message was about, and answers repeat it.
    private static async Task<IReadOnlyList<string>> ForgetSubjectAsync(ConversationEntry entry, InteractionWriter interactions, MessageEraser messages, TenantDb db, CancellationToken ct)
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
