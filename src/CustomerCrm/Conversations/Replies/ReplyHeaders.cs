using System.Text;
using CustomerCrm.Channels;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Interactions;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Conversations.Replies;

/// <summary>What an e-mail says so that its answer comes back into the conversation (RFC 5322, 3.6.4).</summary>
/// <param name="Headers">In-Reply-To, References and Reply-To.</param>
/// <param name="IsAnswer">The customer has written an e-mail in it.</param>
internal sealed record EmailThread(IReadOnlyDictionary<string, string> Headers, bool IsAnswer)
{
    public static EmailThread None { get; } = new(new Dictionary<string, string>(), false);
}

/// <summary>Makes the headers of an answer from what was written before.</summary>
internal sealed class ReplyHeaders(TenantDb db, ChannelReader channels, ReplyAddresses addresses, IOptions<PublicOptions> place)
{
    private const int MostReferences = 10;

    public async Task<EmailThread> OfAsync(Conversation conversation, CancellationToken ct)
    {
        var headers = new Dictionary<string, string>();
        var before = await db.QueryTopAsync<Written>(Emails, MostReferences, new { ConversationId = conversation.Id }, ct);
        var host = new Uri(place.Value.BaseUrl).Host;
        string[] ids = [.. before.Reverse().Select(e => e.MessageId is { } ours ? $"<{ours}@{host}>" : IsId(e.ExternalId) ? $"<{e.ExternalId}>" : null).OfType<string>()];
        if (ids.Length > 0) headers["References"] = string.Join(' ', ids);
        if (before.FirstOrDefault(e => e.MessageId is null && IsId(e.ExternalId)) is { } theirs) headers["In-Reply-To"] = $"<{theirs.ExternalId}>";
        else if (ids.Length > 0) headers["In-Reply-To"] = ids[^1];

        var channel = await channels.OfAsync(InteractionChannel.Email, null, ct);
        if (channel.Address is { } address && addresses.Write(address, conversation.Id) is { } replyTo) headers["Reply-To"] = replyTo;
        return new EmailThread(headers, before.Any(e => e.MessageId is null));
    }

    /// <summary>Where the customer wrote from last, if that is theirs; null: their primary address.</summary>
    public async Task<string?> AddressOfAsync(Conversation conversation, MessageChannel channel, CancellationToken ct)
    {
        var kind = channel == MessageChannel.Email ? InteractionChannel.Email : InteractionChannel.Sms;
        if (await db.QueryTopAsync<string>(LastFrom, 1, new { ConversationId = conversation.Id, Channel = kind }, ct) is not [var from]) return null;
        return await db.FindAsync<int?>(IsTheirs, new
        {
            conversation.CustomerId, Kind = channel == MessageChannel.Email ? IdentityKind.Email : IdentityKind.Phone, ValueKey = Encoding.UTF8.GetBytes(channel == MessageChannel.Email ? EmailKey.Of(from) : from),
        }, ct) is null ? null : from;
    }

    // What cannot stand between angle brackets is not named.
    private static bool IsId(string? text) => text is { Length: > 0 } && !text.StartsWith("sha256:", StringComparison.Ordinal) && text.All(c => c is > ' ' and <= '~' and not ('<' or '>'));

    private sealed record Written
    {
        public Id<Message>? MessageId { get; init; }
        public string? ExternalId { get; init; }
    }

    private static readonly TenantSql Emails = TenantSql.Of("""
        SELECT e.MessageId, CASE WHEN i.Source = 'email' THEN i.ExternalId END AS ExternalId
        FROM ConversationEntries e
        LEFT JOIN Interactions i ON i.TenantId = e.TenantId AND i.Id = e.InteractionId
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.Kind = 1
          AND e.Channel = 1
          AND (e.MessageId IS NOT NULL OR e.Author = 1)
        ORDER BY e.Number DESC
        """);

    private static readonly TenantSql LastFrom = TenantSql.Of("""
        SELECT e.FromAddress
        FROM ConversationEntries e
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.Author = 1
          AND e.Channel = @Channel
          AND e.FromAddress IS NOT NULL
        ORDER BY e.Number DESC
        """);

    private static readonly TenantSql IsTheirs = TenantSql.Of("""
        SELECT 1
        FROM Identities i
        WHERE i.TenantId = @TenantId
          AND i.CustomerId = @CustomerId
          AND i.Kind = @Kind
          AND i.Source = ''
          AND i.ValueKey = @ValueKey
        """);
}
