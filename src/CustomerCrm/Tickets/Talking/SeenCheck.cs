using CustomerCrm.Conversations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Tickets.Talking;

/// <summary>Whether the customer has written something that whoever answers has not read. Asked behind what was written, in a transaction that holds the conversation: nothing can come between.</summary>
internal sealed class SeenCheck(TenantDb db, Caller caller)
{
    internal const int MostMissed = 50;

    /// <summary>Numbers of the customer's messages behind the one that was read; of nobody who reads, none.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="said">Up to where whoever answers says they have read; null: up to where it is known that this user has.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<int>> MissedAsync(Id<Conversation> conversationId, int? said, CancellationToken ct) =>
        (said ?? await ReadUpToAsync(conversationId, ct)) is { } seen ? await db.QueryTopAsync<int>(Newer, MostMissed, new { ConversationId = conversationId, Seen = seen }, ct) : [];

    /// <exception cref="ApiProblem">409: there are some; nothing of the transaction stays.</exception>
    public async Task RefuseAsync(Id<Conversation> conversationId, int said, CancellationToken ct)
    {
        if (await MissedAsync(conversationId, said, ct) is { Count: > 0 } missed)
            throw ApiProblem.Conflict("newer_message", "The customer has written since. Nothing was sent: read it, and send it again with the new last_seen_number.", new Dictionary<string, object?> { ["missed_numbers"] = missed });
    }

    private async Task<int?> ReadUpToAsync(Id<Conversation> conversationId, CancellationToken ct) => caller.User is not { } user ? null
        : await db.FindAsync<int?>(ReadUpTo, new { ConversationId = conversationId, UserId = user.UserId.ToByteArray(bigEndian: true) }, ct);

    private static readonly TenantSql ReadUpTo = TenantSql.Of("SELECT r.Number FROM ConversationReads r WHERE r.TenantId = @TenantId AND r.ConversationId = @ConversationId AND r.UserId = @UserId");

    private static readonly TenantSql Newer = TenantSql.Of("""
        SELECT e.Number
        FROM ConversationEntries e
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.Number > @Seen
          AND e.Kind = 1
          AND e.Author = 1
        ORDER BY e.Number
        """);
}
