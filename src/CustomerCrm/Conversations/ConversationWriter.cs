using CustomerCrm.Attachments;
using CustomerCrm.Channels;
using CustomerCrm.Conversations.Replies;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Users;

namespace CustomerCrm.Conversations;

/// <summary>Writes conversations and what comes to them, inside the caller's transaction; each step is an event.</summary>
internal sealed class ConversationWriter(
    TenantDb db, EntryReader reader, EntryWriter entries, ReplyDesk replies, ChannelReader channels, AttachmentTies attachments, InteractionWriter interactions,
    ConversationBook book, Caller caller, EventLog events, IServiceProvider services, TimeProvider clock)
{
    /// <exception cref="ApiProblem">404: no such customer. 422: an assignee, team, channel or attachment that is not there, or a first entry that the channel does not take.</exception>
    public async Task<Conversation> StartAsync(NewConversation start, CancellationToken ct)
    {
        Conversation? begun = null;
        await db.InTransactionAsync(async () =>
        {
            if (start.First is { } known && EntryWriter.KeyOf(known) is { } key && await reader.KnownAsync(key, ct) is { } before)
            {
                begun = await Conversation.FindAsync(before.ConversationId, db, ct);
                return;
            }
            var channel = await channels.OfAsync(start.Channel, start.ChannelId, ct);
            begun = await book.AddAsync(start, channel, ct);
            events.Record("conversation.started", begun.Told(), begun.CustomerId.Value);
            if (start.First is not { } first) return;
            await AppendAsync(begun.Id, first with { Channel = first.Channel ?? start.Channel, ChannelId = first.Channel is null ? start.ChannelId : first.ChannelId }, ct);
            begun = await Conversation.FindAsync(begun.Id, db, ct);
        }, ct);
        return begun!;
    }

    /// <summary>A message of the customer's opens the conversation again; one of an agent's or a bot's goes out on its channel.</summary>
    /// <returns>The entry; the one there is, if it came before under the same source and external id.</returns>
    /// <exception cref="ApiProblem">404: no such conversation. 409: the channel's window is closed. 422: what is said cannot be said there.</exception>
    public async Task<ConversationEntry> AppendAsync(Id<Conversation> id, NewEntry entry, CancellationToken ct)
    {
        ConversationEntry? added = null;
        await db.InTransactionAsync(async () => added = await TakeAsync(id, entry, ct), ct);
        return added!;
    }

    /// <exception cref="ApiProblem">404: no such conversation. 422: no such user.</exception>
    public Task AssignAsync(Id<Conversation> id, Id<User>? assignee, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var current = await Conversation.FindAsync(id, db, ct);
        await ChangeAsync(current, current with { AssigneeId = assignee }, ct);
    }, ct);

    /// <returns>As it is now; the same revision if the changes change nothing.</returns>
    /// <exception cref="ApiProblem">412: somebody else changed it since it was read. 422: no such user or team.</exception>
    public async Task<Conversation> ChangeAsync(Conversation current, Conversation wanted, CancellationToken ct)
    {
        if (wanted == current) return current;
        var isClosing = wanted.State == ConversationState.Closed && current.State != ConversationState.Closed;
        var isReopening = wanted.State != ConversationState.Closed && current.State == ConversationState.Closed;
        if (isClosing) wanted = wanted with { ClosedAt = clock.GetUtcNow() };
        if (isReopening) wanted = wanted with { ClosedAt = null, ReopenCount = current.ReopenCount + 1 };
        var changed = await book.ChangeAsync(current, wanted, ct);
        if ((changed.AssigneeId, changed.TeamId) != (current.AssigneeId, current.TeamId))
        {
            await book.NoteAsync(changed.Id, "assigned", await book.WhoAsync(changed, ct), ct);
            events.Record("conversation.assigned", changed.Told(), changed.CustomerId.Value);
        }
        if (isClosing || isReopening) await book.NoteAsync(changed.Id, isClosing ? "closed" : "reopened", null, ct);
        var now = await Conversation.FindAsync(changed.Id, db, ct);
        events.Record(isClosing ? "conversation.closed" : isReopening ? "conversation.reopened" : "conversation.updated", now.Told(), now.CustomerId.Value);
        return now;
    }

    private async Task<ConversationEntry> TakeAsync(Id<Conversation> id, NewEntry entry, CancellationToken ct)
    {
        var key = EntryWriter.KeyOf(entry);
        if (key is not null && await reader.KnownAsync(key, ct) is { } before) return before;
        var conversation = await book.HoldAsync(id, ct); // whoever else adds to it waits from here on
        if (key is not null && await reader.KnownAsync(key, ct) is { } meanwhile) return meanwhile;

        var files = await attachments.UnusedAsync(entry.Attachments, entry.VisitorId, ct);
        await entries.CheckMentionsAsync(entry.Mentions, ct);
        var written = NewOf(conversation, entry) with { Attachments = files };
        written = entry.Kind != EntryKind.Message ? written
            : entry.Author == EntryAuthor.Customer ? await ReceivedAsync(conversation, entry, written, ct)
            : await replies.SendAsync(conversation, entry, written, ct);
        await entries.AddAsync(written, key, ct);
        await attachments.TieAsync(files, id.ToBytes(), written.Id.ToBytes(), conversation.CustomerId, ct);
        await entries.MentionAsync(written, ct);

        var wasClosed = conversation.State == ConversationState.Closed;
        var after = await book.AdvanceAsync(conversation, written, ct);
        if (wasClosed && after.State != ConversationState.Closed)
        {
            await book.NoteAsync(id, "reopened", null, ct);
            events.Record("conversation.reopened", (await Conversation.FindAsync(id, db, ct)).Told(), after.CustomerId.Value);
        }
        Tell(written);
        // Asked for late: a watcher writes to conversations by this writer.
        foreach (var watcher in services.GetServices<IConversationWatcher>()) await watcher.AppendedAsync(after, written, ct);
        return written;
    }

    private void Tell(ConversationEntry entry)
    {
        var type = (entry.Kind, entry.Author, entry.IsAutomatic) switch
        {
            (EntryKind.Message, EntryAuthor.Customer, false) => "conversation.message_received",
            (EntryKind.Message, EntryAuthor.Customer, true) => "conversation.automatic_reply_received",
            (EntryKind.Message, _, _) => "conversation.message_sent",
            (EntryKind.Note, _, _) => "conversation.note_added",
            _ => null,
        };
        if (type is not null) events.Record(type, entry, entry.CustomerId.Value);
        if (entry.Mentions.Count > 0) events.Record("conversation.users_mentioned", entry, entry.CustomerId.Value);
    }

    private async Task<ConversationEntry> ReceivedAsync(Conversation conversation, NewEntry entry, ConversationEntry written, CancellationToken ct)
    {
        var channel = await channels.OfAsync(entry.Channel ?? (entry.ChannelId is null ? conversation.Channel : null), entry.ChannelId, ct);
        if (!channel.IsEnabled) throw ApiProblem.Invalid("/channel", "channel_disabled", $"{channel.Name} is switched off.");
        if (written.Text!.Length == 0 && written.Attachments.Count == 0 && !entry.HasMedia) throw ApiProblem.Invalid("/text", "required", "Say what was written, or attach a file.");
        var (_, interaction) = await interactions.RecordAsync(new RecordInteraction.Request
        {
            CustomerId = conversation.CustomerId,
            Channel = channel.Kind,
            Direction = InteractionDirection.Inbound,
            OccurredAt = entry.OccurredAt,
            Subject = entry.Subject,
            Body = written.Text.Length > 0 ? written.Text : null,
            Outcome = entry.Outcome ?? (entry.IsAutomatic ? "automatic_reply" : null),
            Source = entry.Source,
            ExternalId = entry.ExternalId,
        }, ct);
        return written with { Channel = channel.Kind, ChannelId = channel.IsBuiltIn ? null : channel.Id, InteractionId = interaction.Id, Subject = interaction.Subject, OccurredAt = interaction.OccurredAt };
    }

    private ConversationEntry NewOf(Conversation conversation, NewEntry entry)
    {
        var (now, isAgent) = (clock.GetUtcNow(), entry.Author == EntryAuthor.Agent);
        return new ConversationEntry
        {
            Id = Id<ConversationEntry>.New(),
            ConversationId = conversation.Id,
            CustomerId = conversation.CustomerId,
            Number = conversation.LastNumber,
            Kind = entry.Kind,
            Author = entry.Author,
            AuthorId = entry.AuthorId ?? (isAgent && caller.User is { } user ? new Id<User>(user.UserId) : null),
            AuthorName = entry.AuthorName ?? (isAgent ? caller.Actor.Name : null),
            Text = entry.Text,
            From = entry.From,
            ThreadedBy = entry.Threading?.By,
            ThreadedText = entry.Threading?.Detail,
            Mentions = [.. entry.Mentions.Distinct()],
            IsAutomatic = entry.IsAutomatic,
            IsBulk = entry.IsBulk,
            VisitorId = entry.VisitorId,
            OccurredAt = entry.OccurredAt ?? now,
            CreatedAt = now,
        };
    }
}
