using CustomerCrm.Channels;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Conversations.Replies;

/// <summary>Says to the customer what an agent or a bot says: on a channel that takes it, and so that it goes out.</summary>
internal sealed class ReplyDesk(TenantDb db, ChannelReader channels, ReplyPost post, InteractionWriter interactions, EventLog events, TimeProvider clock)
{
    /// <exception cref="ApiProblem">409: the channel's window is closed. 422: the channel does not take it, or there is no channel on which the customer can be answered.</exception>
    public async Task<ConversationEntry> SendAsync(Conversation conversation, NewEntry entry, ConversationEntry written, CancellationToken ct)
    {
        var channel = await ChannelOfAsync(conversation, entry, ct);
        var errors = ChannelRules.WrongWith(channel, entry.Text, written.Attachments);
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
        if (!events.IsQuiet && channel.ReplyWindowHours is { } hours && !await WroteSinceAsync(clock.GetUtcNow().AddHours(-hours), conversation, channel, ct))
            throw ApiProblem.Conflict("reply_window_closed", $"On {channel.Name} a customer is answered within {hours} hours after they wrote.");

        written = written with { Channel = channel.Kind, ChannelId = channel.IsBuiltIn ? null : channel.Id, Subject = entry.Subject };
        // What is loaded from elsewhere was said there already.
        if (!events.IsQuiet) written = channel.Carrier switch
        {
            ChannelCarrier.Provider => await post.PostAsync(conversation, entry, written, ct),
            ChannelCarrier.Page when await post.ChatsElsewhereAsync(conversation.Id, ct) => throw ApiProblem.Invalid("/channel", "chats_elsewhere", "What was said here was taken out of a chat that goes on elsewhere: in it the visitor would not see this. Answer there, or by e-mail."),
            ChannelCarrier.Page when await post.VisitorOfAsync(conversation.Id, ct) is { } visitor => written with { Reported = DeliveryState.Sent, VisitorId = visitor },
            // Whoever began it came another way: it is seen only if the customer begins a chat as themselves.
            ChannelCarrier.Page => written with { Reported = DeliveryState.Pending, DeliveryCode = EntryDelivery.NoVisitor },
            ChannelCarrier.Program => written with { Reported = DeliveryState.Pending },
            _ => written,
        };
        var (_, interaction) = await interactions.RecordAsync(new RecordInteraction.Request
        {
            CustomerId = conversation.CustomerId,
            Channel = channel.Kind,
            Direction = InteractionDirection.Outbound,
            OccurredAt = entry.OccurredAt,
            Agent = written.AuthorName,
            Subject = written.Subject,
            Body = entry.Text.Length > 0 ? entry.Text : null,
            Source = entry.Source,
            ExternalId = entry.ExternalId,
        }, ct);
        return written with { InteractionId = interaction.Id, OccurredAt = interaction.OccurredAt };
    }

    // Where the customer wrote, if they can be answered there; else by e-mail, else by SMS.
    private async Task<Channel> ChannelOfAsync(Conversation conversation, NewEntry entry, CancellationToken ct)
    {
        if (entry.Channel is not null || entry.ChannelId is not null) return await channels.OfAsync(entry.Channel, entry.ChannelId, ct);
        var theirs = await channels.OfAsync(conversation.Channel, conversation.ChannelId, ct);
        if (theirs.Carrier != ChannelCarrier.Nobody && !(theirs.Carrier == ChannelCarrier.Page && await post.ChatsElsewhereAsync(conversation.Id, ct))) return theirs;
        var customer = await db.FindAsync<Reached>(ReachedBy, new { conversation.CustomerId }, ct);
        if (customer?.Email is not null) return await channels.OfAsync(InteractionChannel.Email, null, ct);
        if (customer?.Phone is not null) return await channels.OfAsync(InteractionChannel.Sms, null, ct);
        if (theirs.Carrier == ChannelCarrier.Page) return theirs;
        throw ApiProblem.Invalid("/channel", "no_channel", "The customer has neither an e-mail address nor a telephone number. Say on which channel you answered.");
    }

    private async Task<bool> WroteSinceAsync(DateTimeOffset since, Conversation conversation, Channel channel, CancellationToken ct) =>
        (await db.QueryTopAsync<int>(WroteSince, 1, new { conversation.CustomerId, Since = since, Channel = channel.Kind, ChannelId = channel.IsBuiltIn ? null : channel.Id.ToBytes() }, ct)).Count > 0;

    private sealed record Reached
    {
        public string? Email { get; init; }
        public string? Phone { get; init; }
    }

    private static readonly TenantSql ReachedBy = TenantSql.Of("SELECT c.Email, c.Phone FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    // In whichever of their conversations: the window is the customer's.
    private static readonly TenantSql WroteSince = TenantSql.Of("""
        SELECT e.Number
        FROM Conversations c
        JOIN ConversationEntries e ON e.TenantId = c.TenantId AND e.ConversationId = c.Id
        WHERE c.TenantId = @TenantId
          AND c.CustomerId = @CustomerId
          AND c.LastEntryAt > @Since
          AND e.Kind = 1
          AND e.Author = 1
          AND e.IsAutomatic = 0
          AND e.OccurredAt > @Since
          AND e.Channel = @Channel
          AND (e.ChannelId = @ChannelId OR (e.ChannelId IS NULL AND @ChannelId IS NULL))
        ORDER BY e.Number DESC
        """);
}
