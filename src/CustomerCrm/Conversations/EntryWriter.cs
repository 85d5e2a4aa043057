using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Conversations.Mentions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Users;

namespace CustomerCrm.Conversations;

/// <summary>Writes the rows of entries. What they mean for the conversation is decided elsewhere.</summary>
internal sealed class EntryWriter(TenantDb db)
{
    /// <summary>What something is remembered by that came from elsewhere.</summary>
    public static byte[]? KeyOf(NewEntry entry) => entry.ExternalId is { } id ? KeyOf(entry.Source, id) : null;

    public static byte[] KeyOf(string? source, string externalId) => SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{externalId}"));

    public Task AddAsync(ConversationEntry entry, byte[]? externalKey, CancellationToken ct) => db.ExecuteAsync(Insert, new
    {
        entry.Id, entry.ConversationId, entry.Number, entry.Kind, entry.Author, AuthorId = entry.AuthorId?.ToBytes(), entry.AuthorName, InteractionId = entry.InteractionId?.ToBytes(), MessageId = entry.MessageId?.ToBytes(),
        entry.Channel, ChannelId = entry.ChannelId?.ToBytes(), Body = entry.Kind == EntryKind.Message ? null : entry.Text, entry.What, FromAddress = entry.From, entry.ThreadedBy, entry.ThreadedText,
        ExternalKey = externalKey, entry.VisitorId, entry.IsAutomatic, entry.IsBulk, Delivery = entry.Reported, entry.DeliveryCode, entry.OccurredAt, entry.CreatedAt,
    }, ct);

    /// <exception cref="ApiProblem">422: one of them is no user.</exception>
    public async Task CheckMentionsAsync(IReadOnlyList<Id<User>> users, CancellationToken ct)
    {
        for (var i = 0; i < users.Count; i++)
            if (await db.FindAsync<int?>(HasUser, new { UserId = users[i] }, ct) is null) throw ApiProblem.Invalid(string.Create(CultureInfo.InvariantCulture, $"/mentions/{i}"), "unknown_user", "There is no such user.");
    }

    public Task MentionAsync(ConversationEntry entry, CancellationToken ct) => db.ExecuteEachAsync(InsertMention, entry.Mentions.Select(user => new
    {
        Id = Id<Mention>.New(), entry.ConversationId, EntryId = entry.Id, UserId = user, Now = entry.CreatedAt,
    }), ct);

    /// <summary>A visitor who sees the whole conversation has come: what nobody could see is shown now.</summary>
    public Task ShowToVisitorAsync(Id<Conversation> conversationId, CancellationToken ct) => db.ExecuteAsync(Shown, new { ConversationId = conversationId, EntryDelivery.NoVisitor }, ct);

    private static readonly TenantSql Shown = TenantSql.Of("""
        UPDATE ConversationEntries
        SET Delivery = 2, DeliveryCode = NULL
        WHERE TenantId = @TenantId
          AND ConversationId = @ConversationId
          AND Delivery = 1
          AND DeliveryCode = @NoVisitor
        """);

    private static readonly TenantSql HasUser = TenantSql.Of("SELECT 1 FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @UserId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ConversationEntries (TenantId, Id, ConversationId, Number, Kind, Author, AuthorId, AuthorName, InteractionId, MessageId, Channel, ChannelId, Body, What, FromAddress,
            ThreadedBy, ThreadedText, ExternalKey, VisitorId, IsAutomatic, IsBulk, Delivery, DeliveryCode, OccurredAt, CreatedAt)
        VALUES (@TenantId, @Id, @ConversationId, @Number, @Kind, @Author, @AuthorId, @AuthorName, @InteractionId, @MessageId, @Channel, @ChannelId, @Body, @What, @FromAddress,
            @ThreadedBy, @ThreadedText, @ExternalKey, @VisitorId, @IsAutomatic, @IsBulk, @Delivery, @DeliveryCode, @OccurredAt, @CreatedAt)
        """);

    private static readonly TenantSql InsertMention = TenantSql.Of("""
        INSERT INTO ConversationMentions (TenantId, Id, ConversationId, EntryId, UserId, CreatedAt)
        VALUES (@TenantId, @Id, @ConversationId, @EntryId, @UserId, @Now)
        """);
}
