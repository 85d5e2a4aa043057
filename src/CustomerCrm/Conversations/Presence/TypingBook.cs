using CustomerCrm.Platform.Data;

namespace CustomerCrm.Conversations.Presence;

/// <summary>Who is writing at this moment. It ends by itself, seconds after it was said last.</summary>
internal sealed class TypingBook(TenantDb db, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(6);

    /// <summary>The customer, as a writer.</summary>
    public static byte[] Customer { get; } = new byte[16];

    public Task SayAsync(Id<Conversation> conversationId, byte[] writerId, string? name, bool isTyping, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var row = new { ConversationId = conversationId, WriterId = writerId, Name = name, Now = clock.GetUtcNow(), EndsAt = clock.GetUtcNow() + Lasts };
        if (!isTyping) await db.ExecuteAsync(Delete, row, ct);
        else if (await db.ExecuteAsync(Prolong, row, ct) == 0) await InsertAsync(row, ct);
    }, ct);

    public async Task<IReadOnlyList<Writer>> NowAsync(Id<Conversation> conversationId, CancellationToken ct) =>
        [.. (await db.QueryAsync<Row>(Now, new { ConversationId = conversationId, Now = clock.GetUtcNow() }, ct)).Select(row => new Writer(row.WriterId.All(b => b == 0), row.Name))];

    private async Task InsertAsync(object row, CancellationToken ct)
    {
        try
        {
            await db.ExecuteAsync(Insert, row, ct);
        }
        catch (DuplicateKeyException)
        {
            // It was said twice at this moment.
        }
    }

    private sealed record Row
    {
        public required byte[] WriterId { get; init; }
        public string? Name { get; init; }
    }

    private static readonly TenantSql Now = TenantSql.Of("""
        SELECT t.WriterId, t.Name
        FROM ConversationTyping t
        WHERE t.TenantId = @TenantId
          AND t.ConversationId = @ConversationId
          AND t.EndsAt > @Now
        ORDER BY t.WriterId
        """);

    private static readonly TenantSql Prolong = TenantSql.Of("""
        UPDATE ConversationTyping
        SET EndsAt = @EndsAt, Name = @Name
        WHERE TenantId = @TenantId
          AND ConversationId = @ConversationId
          AND WriterId = @WriterId
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ConversationTyping (TenantId, ConversationId, WriterId, Name, EndsAt)
        VALUES (@TenantId, @ConversationId, @WriterId, @Name, @EndsAt)
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM ConversationTyping
        WHERE TenantId = @TenantId
          AND ConversationId = @ConversationId
          AND WriterId = @WriterId
        """);
}

/// <summary>Who is writing at this moment.</summary>
/// <param name="IsCustomer">The customer is.</param>
/// <param name="Name">Of an agent.</param>
public sealed record Writer(bool IsCustomer, string? Name);
