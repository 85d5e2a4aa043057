using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Conversations;

/// <summary>Up to where whoever is signed in has read.</summary>
internal sealed class ReadMarks(TenantDb db, Caller caller, TimeProvider clock)
{
    /// <summary>Never back, and of nobody who is not a person; what they were mentioned in there is seen.</summary>
    public async Task MarkAsync(Id<Conversation> conversationId, int number, CancellationToken ct)
    {
        if (caller.User is not { } user) return;
        var mark = new { ConversationId = conversationId, UserId = user.UserId.ToByteArray(bigEndian: true), Number = number, Now = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Advance, mark, ct) == 0 && await db.FindAsync<int?>(Mark, mark, ct) is null) await db.ExecuteAsync(Insert, mark, ct);
        await db.ExecuteAsync(See, mark, ct);
    }

    public async Task<Conversation> WithReadAsync(Conversation conversation, CancellationToken ct) => (await WithReadAsync([conversation], ct))[0];

    public async Task<Page<Conversation>> WithReadAsync(Page<Conversation> page, CancellationToken ct) => page with { Data = await WithReadAsync(page.Data, ct) };

    private async Task<IReadOnlyList<Conversation>> WithReadAsync(IReadOnlyList<Conversation> conversations, CancellationToken ct)
    {
        if (caller.User is not { } user || conversations.Count == 0) return conversations;
        var marks = await db.QueryAsync<Row>(Marks.And(Condition.In("r.ConversationId", conversations.Select(c => c.Id.ToBytes()))), new { UserId = user.UserId.ToByteArray(bigEndian: true) }, ct);
        var numbers = marks.ToDictionary(m => m.ConversationId, m => m.Number);
        return [.. conversations.Select(c => c with { ReadNumber = numbers.GetValueOrDefault(c.Id) })];
    }

    private sealed record Row
    {
        public required Id<Conversation> ConversationId { get; init; }
        public required int Number { get; init; }
    }

    private static readonly TenantSql Marks = TenantSql.Of("""
        SELECT r.ConversationId, r.Number
        FROM ConversationReads r
        WHERE r.TenantId = @TenantId
          AND r.UserId = @UserId
        """);

    private static readonly TenantSql Mark = TenantSql.Of("SELECT r.Number FROM ConversationReads r WHERE r.TenantId = @TenantId AND r.ConversationId = @ConversationId AND r.UserId = @UserId");

    private static readonly TenantSql Advance = TenantSql.Of("""
        UPDATE ConversationReads
        SET Number = @Number, ReadAt = @Now
        WHERE TenantId = @TenantId
          AND ConversationId = @ConversationId
          AND UserId = @UserId
          AND Number < @Number
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ConversationReads (TenantId, ConversationId, UserId, Number, ReadAt)
        VALUES (@TenantId, @ConversationId, @UserId, @Number, @Now)
        """);

    private static readonly TenantSql See = TenantSql.Of("""
        UPDATE ConversationMentions
        SET SeenAt = @Now
        WHERE TenantId = @TenantId
          AND ConversationId = @ConversationId
          AND UserId = @UserId
          AND SeenAt IS NULL
          AND EntryId IN (SELECT e.Id FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.ConversationId = @ConversationId AND e.Number <= @Number)
        """);
}
