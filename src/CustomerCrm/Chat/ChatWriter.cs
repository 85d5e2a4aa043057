using CustomerCrm.Channels;
using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Presence;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Chat;

/// <summary>Says what a visitor says.</summary>
internal sealed class ChatWriter(ConversationWriter conversations, ChannelReader channels, TypingBook typing, Caller caller)
{
    /// <exception cref="ApiProblem">422: the chat does not take it.</exception>
    public async Task<ConversationEntry> SayAsync(ChatVisitor visitor, SendChatMessage.Request request, CancellationToken ct)
    {
        caller.ActAs(new Actor(ActorKind.Customer, null, visitor.Name ?? "visitor"));
        var channel = await channels.OfAsync(InteractionChannel.Chat, null, ct);
        if (request.Text.Length > channel.MaxTextLength) throw ApiProblem.Invalid("/text", "too_long", $"In the chat a message has at most {channel.MaxTextLength} characters.");
        if (string.IsNullOrWhiteSpace(request.Text) && request.AttachmentIds.Count == 0) throw ApiProblem.Invalid("/text", "required", "Say something, or attach a file.");
        if (request.AttachmentIds.Count > channel.MaxAttachments) throw ApiProblem.Invalid("/attachment_ids", "too_many", $"In the chat a message has at most {channel.MaxAttachments} files.");
        var entry = await conversations.AppendAsync(visitor.ConversationId, new NewEntry
        {
            Author = EntryAuthor.Customer,
            AuthorName = visitor.Name,
            Text = request.Text,
            Channel = InteractionChannel.Chat,
            Attachments = request.AttachmentIds,
            Source = request.UniqueId is null ? null : "chat",
            ExternalId = request.UniqueId is { } unique ? $"{visitor.Id}:{unique}" : null,
            VisitorId = visitor.Id.ToBytes(),
            Threading = new Threading(ThreadedBy.Named, "It was said in this chat."),
        }, ct);
        await typing.SayAsync(visitor.ConversationId, TypingBook.Customer, null, isTyping: false, ct);
        return entry;
    }
}
