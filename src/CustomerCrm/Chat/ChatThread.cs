using CustomerCrm.Attachments;
using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Presence;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Chat;

/// <summary>A chat as its visitor sees it.</summary>
public sealed record ChatThread
{
    public required Id<ChatVisitor> VisitorId { get; init; }

    /// <summary>`closed` only says that nobody waits: what the visitor says next opens it again.</summary>
    public required ConversationState State { get; init; }

    /// <summary>Who writes at this moment, on the tenant's side.</summary>
    public required IReadOnlyList<string> Typing { get; init; }

    /// <summary>The number of the last message that the visitor has read.</summary>
    public required int ReadNumber { get; init; }

    /// <summary>The latest 50 messages that the visitor may see, the oldest first.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }
}

/// <summary>What was said in a chat.</summary>
public sealed record ChatMessage
{
    /// <summary>Rises; not every number is the visitor's to see.</summary>
    public required int Number { get; init; }

    public required EntryAuthor Author { get; init; }

    /// <summary>What an agent or a bot is called.</summary>
    public string? AuthorName { get; init; }

    /// <summary>Null where it was redacted.</summary>
    public string? Text { get; init; }

    public required IReadOnlyList<ChatFile> Attachments { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>A file that was sent in a chat.</summary>
public sealed record ChatFile
{
    public required string FileName { get; init; }
    public required string MediaType { get; init; }
    public required long Bytes { get; init; }

    /// <summary>Opens the file for 15 minutes; ask for the message again for another. Null where the file is gone.</summary>
    public string? Url { get; init; }
}

/// <summary>Shows visitors what is theirs to see.</summary>
internal sealed class ChatView(TenantDb db, EntryReader reader, TypingBook typing, LinkTickets tickets, CurrentTenant tenant, IOptions<PublicOptions> options)
{
    private const int Most = 50;

    public async Task<ChatThread> OfAsync(ChatVisitor visitor, CancellationToken ct)
    {
        var conversation = await Conversation.FindAsync(visitor.ConversationId, db, ct);
        var latest = await db.QueryTopAsync<int>(visitor.IsVerified ? LatestOfAll : Latest, Most, new { visitor.ConversationId, VisitorId = visitor.Id }, ct);
        return new ChatThread
        {
            VisitorId = visitor.Id,
            State = conversation.State,
            Typing = [.. (await typing.NowAsync(conversation.Id, ct)).Where(w => !w.IsCustomer).Select(w => w.Name ?? "")],
            ReadNumber = visitor.ReadNumber,
            Messages = latest.Count == 0 ? [] : await AfterAsync(visitor, latest[^1] - 1, ct),
        };
    }

    /// <summary>Those behind a number that the visitor may see.</summary>
    public async Task<IReadOnlyList<ChatMessage>> AfterAsync(ChatVisitor visitor, int number, CancellationToken ct)
    {
        var shown = new List<ChatMessage>();
        while (shown.Count < Most && await reader.AfterAsync(visitor.ConversationId, number, Most * 2, ct) is { Count: > 0 } some)
        {
            foreach (var entry in some.Where(visitor.MaySee).Take(Most - shown.Count)) shown.Add(await OfAsync(entry, ct));
            number = some[^1].Number;
        }
        return shown;
    }

    public async Task<ChatMessage> OfAsync(ConversationEntry entry, CancellationToken ct)
    {
        var files = new List<ChatFile>();
        foreach (var file in entry.Attachments)
            files.Add(new ChatFile
            {
                FileName = file.FileName, MediaType = file.MediaType, Bytes = file.Bytes,
                Url = file.ErasedAt is null ? (await DownloadAttachment.LinkToAsync(file.Id, tickets, tenant, options.Value.BaseUrl, ct)).Url : null,
            });
        return new ChatMessage
        {
            Number = entry.Number, Author = entry.Author, AuthorName = entry.Author == EntryAuthor.Customer ? null : entry.AuthorName, Text = entry.Text, Attachments = files, OccurredAt = entry.OccurredAt,
        };
    }

    private static readonly TenantSql LatestOfAll = TenantSql.Of("""
        SELECT e.Number
        FROM ConversationEntries e
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.Kind = 1
        ORDER BY e.Number DESC
        """);

    private static readonly TenantSql Latest = TenantSql.Of("""
        SELECT e.Number
        FROM ConversationEntries e
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.Kind = 1
          AND e.VisitorId = @VisitorId
        ORDER BY e.Number DESC
        """);
}
