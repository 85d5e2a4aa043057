using CustomerCrm.Attachments;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Interactions;
using CustomerCrm.Messages;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates.Rendering;
using CustomerCrm.Tenant;

namespace CustomerCrm.Conversations.Replies;

/// <summary>Gives answers to the door through which everything leaves, so that the contact policy holds for them, too.</summary>
internal sealed class ReplyPost(MessageDoor door, ReplyHeaders headers, CurrentSettings settings, TenantDb db)
{
    // Mail servers refuse what is larger, in base64 a third more.
    private const long MostOfEmail = 18 << 20;

    /// <exception cref="ApiProblem">422: more files than an e-mail carries, or an address that is not the customer's.</exception>
    public async Task<ConversationEntry> PostAsync(Conversation conversation, NewEntry entry, ConversationEntry written, CancellationToken ct)
    {
        if (written.Attachments.Sum(file => file.Bytes) > MostOfEmail) throw ApiProblem.Invalid("/attachment_ids", "attachment_too_large", $"An e-mail carries at most {MostOfEmail >> 20} MiB of files.");
        var isEmail = written.Channel == InteractionChannel.Email;
        var thread = isEmail ? await headers.OfAsync(conversation, ct) : EmailThread.None;
        var subject = isEmail ? SubjectOf(entry.Subject ?? conversation.Subject, thread.IsAnswer) ?? (await settings.GetAsync(ct)).Name : null;
        var message = await door.PostAsync(new MessageDraft
        {
            CustomerId = conversation.CustomerId,
            To = entry.To ?? await headers.AddressOfAsync(conversation, isEmail ? MessageChannel.Email : MessageChannel.Sms, ct),
            Channel = isEmail ? MessageChannel.Email : MessageChannel.Sms,
            Purpose = MessagePurpose.Service,
            Reason = new MessageReason("conversation", conversation.Id.ToString(), null),
            Content = isEmail ? new MessageContent { Subject = subject, Text = entry.Text.Length > 0 ? entry.Text : " " } : new MessageContent { Sms = entry.Text },
            Headers = thread.Headers,
            Files = [.. written.Attachments.Select(file => new MessageFile { FileName = file.FileName, MediaType = file.MediaType, Bytes = file.Bytes, StoredAs = Attachment.StoredName(file.Id) })],
            DedupeKey = $"conversation:{written.Id}",
        }, ct);
        return written with { MessageId = message.Id, MessageState = message.State, MessageCode = message.Code, Subject = subject };
    }

    /// <summary>The visitor whom an answer in the chat is for; null: nobody chats.</summary>
    public async Task<byte[]?> VisitorOfAsync(Id<Conversation> conversationId, CancellationToken ct) =>
        await db.QueryTopAsync<byte[]>(LastVisitor, 1, new { ConversationId = conversationId }, ct) is [var visitor] ? visitor : null;

    /// <summary>Whether what was said here was said in a chat that goes on in another conversation: a split took it out of there.</summary>
    public async Task<bool> ChatsElsewhereAsync(Id<Conversation> conversationId, CancellationToken ct) => await db.FindAsync<int>(Elsewhere, new { ConversationId = conversationId }, ct) > 0;

    /// <summary>As mail programs do it, once. Pure.</summary>
    internal static string? SubjectOf(string? subject, bool isAnswer)
    {
        if (subject is null) return null;
        var whole = !isAnswer || subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) || subject.StartsWith("AW:", StringComparison.OrdinalIgnoreCase) ? subject : $"Re: {subject}";
        return whole.Beginning(500);
    }

    private static readonly TenantSql Elsewhere = TenantSql.Of("""
        SELECT COUNT(*)
        FROM ConversationEntries e
        JOIN ChatVisitors v ON v.TenantId = e.TenantId AND v.Id = e.VisitorId
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND v.ConversationId <> @ConversationId
          AND NOT EXISTS (SELECT 1 FROM ChatVisitors h WHERE h.TenantId = @TenantId AND h.ConversationId = @ConversationId)
        """);

    private static readonly TenantSql LastVisitor = TenantSql.Of("""
        SELECT v.Id
        FROM ChatVisitors v
        WHERE v.TenantId = @TenantId
          AND v.ConversationId = @ConversationId
        ORDER BY v.LastSeenAt DESC, v.Id DESC
        """);
}
