using System.Text;
using CustomerCrm.Conversations.Replies;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Interactions;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Conversations.Threads;

/// <summary>Looks up what the decision needs.</summary>
internal sealed class ThreadFinder(TenantDb db, ReplyAddresses addresses, TimeProvider clock)
{
    private const int MostOpen = 20;

    /// <summary>Whose an address is; null: nobody's.</summary>
    public Task<Id<Customer>?> SenderAsync(string from, bool isEmail, CancellationToken ct) => db.FindAsync<Id<Customer>?>(OwnerOf, new
    {
        Kind = isEmail ? IdentityKind.Email : IdentityKind.Phone,
        ValueKey = Encoding.UTF8.GetBytes(isEmail ? EmailKey.Of(from) : PhoneNumber.Read(from, null).Value?.E164 ?? from),
    }, ct);

    public async Task<ThreadQuestion> AskAsync(Sent sent, CancellationToken ct) => new()
    {
        SenderId = sent.SenderId,
        Channel = sent.Channel,
        Named = addresses.Read(sent.To) is { } named ? await ByIdAsync(named, ct) : null,
        Answered = await AnsweredAsync(sent, ct),
        Chatted = sent.From is { } from && sent.Channel == InteractionChannel.Email
            && await db.QueryTopAsync<KnownThread>(OfChat, 1, new { EmailKey = Encoding.UTF8.GetBytes(EmailKey.Of(from)) }, ct) is [var chat] ? chat : null,
        Theirs = sent.SenderId is { } sender ? await db.QueryTopAsync<KnownThread>(OfCustomer, MostOpen, new { CustomerId = sender, ClosedSince = clock.GetUtcNow() - ThreadDecision.ReopensFor }, ct) : [],
        IsAutomatic = sent.IsAutomatic,
        Now = clock.GetUtcNow(),
    };

    // Ours are named by the message's id before the @; theirs by what they were called when they came.
    private async Task<KnownThread?> AnsweredAsync(Sent sent, CancellationToken ct)
    {
        foreach (var answer in sent.Answers)
        {
            var found = Id<Message>.TryRead(answer.Split('@')[0], out var messageId)
                ? await db.FindAsync<KnownThread>(OfMessage, new { MessageId = messageId }, ct)
                : await db.FindAsync<KnownThread>(OfExternal, new { ExternalKey = EntryWriter.KeyOf(sent.Source, answer) }, ct);
            if (found is not null) return found;
        }
        return null;
    }

    private Task<KnownThread?> ByIdAsync(Id<Conversation> id, CancellationToken ct) => db.FindAsync<KnownThread>(ById, new { Id = id }, ct);

    /// <summary>What a message says of itself.</summary>
    internal sealed record Sent
    {
        public required InteractionChannel Channel { get; init; }
        public Id<Customer>? SenderId { get; init; }
        public string? From { get; init; }
        public IReadOnlyList<string> To { get; init; } = [];

        /// <summary>What the messages it answers are called, the nearest first, and where they are called so.</summary>
        public IReadOnlyList<string> Answers { get; init; } = [];

        public string Source { get; init; } = "email";
        public bool IsAutomatic { get; init; }
    }

    private static readonly TenantSql OwnerOf = TenantSql.Of("""
        SELECT i.CustomerId
        FROM Identities i
        WHERE i.TenantId = @TenantId
          AND i.Kind = @Kind
          AND i.Source = ''
          AND i.ValueKey = @ValueKey
        """);

    private static readonly TenantSql Threads = TenantSql.Of("""
        SELECT c.Id, c.CustomerId, c.State, c.Channel, c.ClosedAt,
            CAST(CASE WHEN EXISTS (SELECT 1 FROM ChatVisitors v WHERE v.TenantId = c.TenantId AND v.ConversationId = c.Id AND v.MadeCustomer = c.CustomerId) THEN 1 ELSE 0 END AS BIT) AS IsOfUnknown
        FROM Conversations c
        WHERE c.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Threads.Then("AND c.Id = @Id");

    private static readonly TenantSql OfMessage = Threads.Then("AND c.Id = (SELECT e.ConversationId FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.MessageId = @MessageId)");

    private static readonly TenantSql OfExternal = Threads.Then("AND c.Id = (SELECT e.ConversationId FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.ExternalKey = @ExternalKey)");

    private static readonly TenantSql OfCustomer = Threads.Then("AND c.CustomerId = @CustomerId AND (c.State <> 3 OR c.ClosedAt > @ClosedSince) ORDER BY c.LastEntryAt DESC, c.Id DESC");

    private static readonly TenantSql OfChat = Threads.Then("""
        AND c.State <> 3
        AND EXISTS (SELECT 1 FROM ChatVisitors w WHERE w.TenantId = @TenantId AND w.ConversationId = c.Id AND w.EmailKey = @EmailKey AND w.MadeCustomer = c.CustomerId)
        ORDER BY c.LastEntryAt DESC, c.Id DESC
        """);
}
