using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Redaction;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Moves;

namespace CustomerCrm.Topics.Reading;

/// <summary>What a ticket is taken for stays; the words of a message that told it are forgotten with the message.</summary>
internal sealed class RedactedReads(TenantDb db) : IRedactionWatcher
{
    public async Task<IReadOnlyList<string>> RedactedAsync(ConversationEntry entry, CancellationToken ct)
    {
        if (entry is not { Kind: EntryKind.Message, Author: EntryAuthor.Customer }) return [];
        foreach (var read in await db.QueryAsync<Told>(OfConversation, new { entry.ConversationId }, ct))
            await db.ExecuteAsync(Keep, new { read.TicketId, EvidenceText = (TopicRead.From(read.EvidenceText)! with { Words = [] }).Write() }, ct);
        return [];
    }

    private sealed record Told
    {
        public required Id<Ticket> TicketId { get; init; }
        public required string EvidenceText { get; init; }
    }

    private static readonly TenantSql OfConversation = TenantSql.Of($"""
        SELECT s.TicketId, s.EvidenceText
        FROM Tickets t
        JOIN TicketTopics s ON s.TenantId = t.TenantId AND s.TicketId = t.Id
        WHERE t.TenantId = @TenantId
          AND {TicketsTold.InConversation}
          AND s.EvidenceText IS NOT NULL
        """);

    private static readonly TenantSql Keep = TenantSql.Of("""
        UPDATE TicketTopics
        SET EvidenceText = @EvidenceText
        WHERE TenantId = @TenantId
          AND TicketId = @TicketId
        """);
}
