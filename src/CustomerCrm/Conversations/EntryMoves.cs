using CustomerCrm.Attachments;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Conversations;

/// <summary>Takes entries out of one conversation into another of the same customer, with their files and mentions: a ticket is split.</summary>
internal sealed class EntryMoves(TenantDb db, ConversationBook book, AttachmentTies attachments)
{
    internal const int Most = 200;

    /// <summary>In their order, behind what stands there already; where they stood, it says so.</summary>
    /// <param name="from">Whose they are.</param>
    /// <param name="to">Whose they are to be.</param>
    /// <param name="entryIds">At most 200, each once.</param>
    /// <param name="why">What the conversation says instead.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">404: no such conversation. 422 at <c>/entry_ids</c>: one of them is not of it, or is no message or note.</exception>
    public async Task MoveAsync(Id<Conversation> from, Id<Conversation> to, IReadOnlyList<Id<ConversationEntry>> entryIds, string why, CancellationToken ct)
    {
        await Conversation.FindAsync(from, db, ct);
        var rows = await db.QueryAsync<Row>(Movable.And(Condition.In("e.Id", entryIds.Select(id => (object?)id.ToBytes()))).Then("ORDER BY e.Number"), new { From = from }, ct);
        if (rows.Count != entryIds.Count) throw ApiProblem.Invalid("/entry_ids", "unknown_entry", "One of them is no message or note of this conversation.");
        foreach (var row in rows)
        {
            var held = await book.HoldAsync(to, ct);
            var move = new { row.Id, To = to, Number = held.LastNumber };
            await db.ExecuteAsync(Move, move, ct);
            await db.ExecuteAsync(MoveMentions, move, ct);
            await db.ExecuteAsync(MoveMedia, move, ct);
            await attachments.FollowAsync(row.Id.ToBytes(), to.ToBytes(), ct);
        }
        foreach (var id in new[] { from, to }) await db.ExecuteAsync(Recount, new { Id = id }, ct);
        await book.NoteAsync(from, "moved", why, ct);
    }

    private sealed record Row
    {
        public required Id<ConversationEntry> Id { get; init; }
        public required int Number { get; init; }
    }

    private static readonly TenantSql Movable = TenantSql.Of("""
        SELECT e.Id, e.Number
        FROM ConversationEntries e
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @From
          AND e.Kind IN (1, 2)
        """);

    private static readonly TenantSql Move = TenantSql.Of("""
        UPDATE ConversationEntries
        SET ConversationId = @To, Number = @Number
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);

    private static readonly TenantSql MoveMentions = TenantSql.Of("""
        UPDATE ConversationMentions
        SET ConversationId = @To
        WHERE TenantId = @TenantId
          AND EntryId = @Id
        """);

    private static readonly TenantSql MoveMedia = TenantSql.Of("""
        UPDATE ConversationMedia
        SET ConversationId = @To
        WHERE TenantId = @TenantId
          AND EntryId = @Id
        """);

    private static readonly TenantSql Recount = TenantSql.Of("""
        UPDATE Conversations
        SET LastMessage = COALESCE((SELECT MAX(e.Number) FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.ConversationId = @Id AND e.Kind = 1), 0),
            LastCustomerAt = (SELECT MAX(c.OccurredAt) FROM ConversationEntries c WHERE c.TenantId = @TenantId AND c.ConversationId = @Id AND c.Kind = 1 AND c.Author = 1 AND c.IsAutomatic = 0),
            LastAgentAt = (SELECT MAX(a.OccurredAt) FROM ConversationEntries a WHERE a.TenantId = @TenantId AND a.ConversationId = @Id AND a.Kind = 1 AND a.Author = 2)
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);
}
