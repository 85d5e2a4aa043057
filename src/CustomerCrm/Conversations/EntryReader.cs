using CustomerCrm.Attachments;
using CustomerCrm.Conversations.Media;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Users;

namespace CustomerCrm.Conversations;

/// <summary>Reads entries whole: with their text, their files, whom they name, and how far they have come.</summary>
internal sealed class EntryReader(TenantDb db, AttachmentTies attachments, MediaBook media)
{
    /// <exception cref="ApiProblem">404: there is none in this conversation.</exception>
    public async Task<ConversationEntry> FindAsync(Id<Conversation> conversationId, Id<ConversationEntry> entryId, CancellationToken ct) =>
        await WholeAsync(await db.FindAsync<ConversationEntry>(ById, new { ConversationId = conversationId, EntryId = entryId }, ct) ?? throw ApiProblem.NotFound("entry"), ct);

    /// <summary>What came from elsewhere under this name; null: nothing yet.</summary>
    public async Task<ConversationEntry?> KnownAsync(byte[] externalKey, CancellationToken ct) =>
        await db.FindAsync<ConversationEntry>(ByExternalKey, new { ExternalKey = externalKey }, ct) is { } known ? await WholeAsync(known, ct) : null;

    /// <summary>Those behind a number, in their order.</summary>
    public async Task<IReadOnlyList<ConversationEntry>> AfterAsync(Id<Conversation> conversationId, int number, int most, CancellationToken ct) =>
        await WholeAsync(await db.QueryTopAsync<ConversationEntry>(After, most, new { ConversationId = conversationId, Number = number }, ct), ct);

    public async Task<IReadOnlyList<ConversationEntry>> WholeAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct)
    {
        if (entries.Count == 0) return entries;
        byte[][] ids = [.. entries.Select(e => e.Id.ToBytes())];
        var files = await attachments.OfAsync(ids, ct);
        var expected = await media.OfAsync([.. entries.Where(e => e is { Channel: InteractionChannel.Sms, Author: EntryAuthor.Customer }).Select(e => e.Id.ToBytes())], ct);
        var mentions = (await db.QueryAsync<Mentioned>(MentionsOf.And(Condition.In("m.EntryId", ids)).Then("ORDER BY m.Id"), null, ct)).ToLookup(m => m.EntryId, m => m.UserId);
        return [.. entries.Select(e => e with { Attachments = [.. files[e.Id.Value]], Media = [.. expected[e.Id.Value]], Mentions = [.. mentions[e.Id]] })];
    }

    private async Task<ConversationEntry> WholeAsync(ConversationEntry entry, CancellationToken ct) => (await WholeAsync([entry], ct))[0];

    private sealed record Mentioned
    {
        public required Id<ConversationEntry> EntryId { get; init; }
        public required Id<User> UserId { get; init; }
    }

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT e.Id, e.ConversationId, c.CustomerId, e.Number, e.Kind, e.Author, e.AuthorName, e.Channel, i.Subject, CASE WHEN e.Kind = 1 THEN i.Body ELSE e.Body END AS Text,
            (SELECT u.Id FROM Users u WHERE u.TenantId = e.TenantId AND u.Id = e.AuthorId) AS AuthorId,
            (SELECT n.Id FROM Channels n WHERE n.TenantId = e.TenantId AND n.Id = e.ChannelId) AS ChannelId,
            e.What, e.FromAddress AS [From], e.ThreadedBy, e.ThreadedText, i.Id AS InteractionId, e.MessageId, m.State AS MessageState, m.Code AS MessageCode,
            e.Delivery AS Reported, e.DeliveryCode, e.VisitorId, e.IsAutomatic, e.IsBulk, e.RedactedAt, e.RedactedBy, e.OccurredAt, e.CreatedAt
        FROM ConversationEntries e
        JOIN Conversations c ON c.TenantId = e.TenantId AND c.Id = e.ConversationId
        LEFT JOIN Interactions i ON i.TenantId = e.TenantId AND i.Id = e.InteractionId
        LEFT JOIN Messages m ON m.TenantId = e.TenantId AND m.Id = e.MessageId
        WHERE e.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND e.Id = @EntryId AND e.ConversationId = @ConversationId");

    private static readonly TenantSql ByExternalKey = Matching.Then("AND e.ExternalKey = @ExternalKey");

    private static readonly TenantSql After = Matching.Then("AND e.ConversationId = @ConversationId AND e.Number > @Number ORDER BY e.Number");

    private static readonly TenantSql MentionsOf = TenantSql.Of("""
        SELECT m.EntryId, m.UserId
        FROM ConversationMentions m
        WHERE m.TenantId = @TenantId
        """);
}
