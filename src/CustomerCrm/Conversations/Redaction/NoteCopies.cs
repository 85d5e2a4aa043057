using CustomerCrm.Platform.Data;

namespace CustomerCrm.Conversations.Redaction;

/// <summary>
/// Finds notes that a program made of what was said: a bot that handed over, a ticket that went into another. They stand in the customer's own conversations,
/// and in those of the tickets that theirs went into.
/// </summary>
internal sealed class NoteCopies(TenantDb db)
{
    private const int LongestChain = 100;

    internal sealed record Copy
    {
        public required Id<ConversationEntry> Id { get; init; }
        public required Id<Conversation> ConversationId { get; init; }
        public required string Body { get; init; }
    }

    public async Task<IReadOnlyList<Copy>> OfAsync(ConversationEntry entry, CancellationToken ct)
    {
        if (entry is not { Kind: EntryKind.Message, Text: { Length: > 0 } text }) return [];
        var notes = new List<Copy>(await db.QueryAsync<Copy>(OfCustomer, new { entry.CustomerId }, ct));
        foreach (var elsewhere in await MergedIntoAsync(entry.ConversationId, ct)) notes.AddRange(await db.QueryAsync<Copy>(OfConversation, new { ConversationId = elsewhere, entry.CustomerId }, ct));
        return [.. notes.Where(note => CopiedWords.Repeats(note.Body, text) || CopiedWords.Repeats(note.Body, entry.Shown!)).DistinctBy(note => note.Id)];
    }

    private async Task<IEnumerable<Id<Conversation>>> MergedIntoAsync(Id<Conversation> conversationId, CancellationToken ct)
    {
        var found = new HashSet<Id<Conversation>>();
        var open = new Stack<byte[]>(await db.QueryAsync<byte[]>(Merged, new { ConversationId = conversationId }, ct));
        for (var i = 0; i < LongestChain && open.TryPop(out var ticketId); i++)
        {
            if (await db.FindAsync<Into>(ById, new { TicketId = ticketId }, ct) is not { } into) continue;
            if (into.ConversationId is { } there && there != conversationId) found.Add(there);
            if (into.MergedIntoId is { } further) open.Push(further);
        }
        return found;
    }

    private sealed record Into
    {
        public Id<Conversation>? ConversationId { get; init; }
        public byte[]? MergedIntoId { get; init; }
    }

    private const string Notes = """
        SELECT e.Id, e.ConversationId, e.Body
        FROM Conversations c
        JOIN ConversationEntries e ON e.TenantId = c.TenantId AND e.ConversationId = c.Id
        WHERE c.TenantId = @TenantId
          AND e.Kind = 2
          AND e.Author IN (3, 4)
          AND e.Body IS NOT NULL
        """;

    private static readonly TenantSql OfCustomer = TenantSql.Of($"{Notes} AND c.CustomerId = @CustomerId");

    private static readonly TenantSql OfConversation = TenantSql.Of($"{Notes} AND c.Id = @ConversationId AND c.CustomerId <> @CustomerId");

    private static readonly TenantSql Merged = TenantSql.Of("SELECT t.MergedIntoId FROM Tickets t WHERE t.TenantId = @TenantId AND t.ConversationId = @ConversationId AND t.MergedIntoId IS NOT NULL");

    private static readonly TenantSql ById = TenantSql.Of("SELECT t.ConversationId, t.MergedIntoId FROM Tickets t WHERE t.TenantId = @TenantId AND t.Id = @TicketId");
}
