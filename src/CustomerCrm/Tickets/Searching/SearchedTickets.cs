using System.Globalization;
using System.Text.Json;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Search;
using CustomerCrm.Search.Sources;

namespace CustomerCrm.Tickets.Searching;

/// <summary>Tickets as the search reads them: by number and subject, and by what was said and noted where they are talked about.</summary>
internal sealed class SearchedTickets(TenantDb db) : ISearched
{
    private const int MostTexts = 200;

    public SearchKind Kind => SearchKind.Ticket;

    public async Task<IReadOnlyList<SearchDocument>> ReadAsync(IReadOnlyCollection<byte[]> keys, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(Told.And(Condition.In("t.Id", keys)), null, ct);
        byte[][] conversations = [.. rows.Where(row => row.ConversationId is not null).Select(row => row.ConversationId!).DistinctBy(Convert.ToHexString)];
        var texts = conversations.Length == 0 ? [] : await db.QueryTopAsync<Text>(Said.And(Condition.In("e.ConversationId", conversations)).Then("ORDER BY e.ConversationId, e.Number DESC"), MostTexts * keys.Count, null, ct);
        var byConversation = texts.ToLookup(text => Convert.ToHexString(text.ConversationId), text => text.Body);
        return [.. rows.Select(row => ToDocument(row, row.ConversationId is null ? [] : byConversation[Convert.ToHexString(row.ConversationId)].Take(MostTexts)))];
    }

    public Task<IReadOnlyList<byte[]>> UnindexedAsync(byte[] after, int most, CancellationToken ct) => db.QueryTopAsync<byte[]>(Unindexed, most, new { After = after }, ct);

    public async Task<IReadOnlyList<byte[]>> ChangedByAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        var (tickets, conversations) = (new List<byte[]>(), new List<byte[]>());
        foreach (var e in events)
        {
            if (e.Type.StartsWith("ticket.", StringComparison.Ordinal) && IdIn<Ticket>(e, "id") is { } ticket) tickets.Add(ticket.ToBytes());
            if (e.Type.StartsWith("conversation.", StringComparison.Ordinal) && IdIn<Conversation>(e, e.Type is "conversation.removed" or "conversation.restored" ? "id" : "conversation_id") is { } conversation) conversations.Add(conversation.ToBytes());
            if (e.Type is "customer.removed" or "customer.restored") tickets.AddRange(await db.QueryAsync<byte[]>(OfCustomer, new { CustomerKey = e.CustomerId!.Value.ToByteArray(bigEndian: true) }, ct));
        }
        foreach (var chunk in conversations.DistinctBy(Convert.ToHexString).Chunk(200)) tickets.AddRange(await db.QueryAsync<byte[]>(OfConversations.And(Condition.In("t.ConversationId", chunk)), null, ct));
        return tickets;
    }

    private static Id<T>? IdIn<T>(EventRow e, string member) where T : IHasId
    {
        using var data = JsonDocument.Parse(e.Data);
        return data.RootElement.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String && Id<T>.TryRead(text.GetString(), out var id) ? id : null;
    }

    private static SearchDocument ToDocument(Row ticket, IEnumerable<string> texts) => new()
    {
        Kind = SearchKind.Ticket,
        Key = ticket.Id.ToBytes(),
        OwnerKey = ticket.CustomerId.ToBytes(),
        CustomerId = ticket.CustomerId,
        Id = ticket.Id.ToString(),
        Title = $"#{ticket.Number} {ticket.Subject}",
        Titles = [new("number", ticket.Number.ToString(CultureInfo.InvariantCulture)), new("subject", ticket.Subject)],
        Texts = [.. texts.Select(text => new SearchText("text", text))],
        Mark = TicketWords.Mark,
        OccurredAt = ticket.CreatedAt,
        UpdatedAt = ticket.UpdatedAt,
    };

    private sealed record Row
    {
        public required Id<Ticket> Id { get; init; }
        public required int Number { get; init; }
        public required Id<Customer> CustomerId { get; init; }
        public byte[]? ConversationId { get; init; }
        public required string Subject { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
    }

    private sealed record Text
    {
        public required byte[] ConversationId { get; init; }
        public required string Body { get; init; }
    }

    private static readonly TenantSql Told = TenantSql.Of("""
        SELECT t.Id, t.Number, t.CustomerId, t.ConversationId, t.Subject, t.CreatedAt, t.UpdatedAt
        FROM Tickets t
        WHERE t.TenantId = @TenantId
        """);

    private static readonly TenantSql Said = TenantSql.Of("""
        SELECT e.ConversationId, SUBSTRING(COALESCE(i.Body, e.Body), 1, 4000) AS Body
        FROM ConversationEntries e
        LEFT JOIN Interactions i ON i.TenantId = e.TenantId AND i.Id = e.InteractionId
        WHERE e.TenantId = @TenantId
          AND e.Kind IN (1, 2)
          AND COALESCE(i.Body, e.Body) IS NOT NULL
        """);

    private static readonly TenantSql OfConversations = TenantSql.Of("SELECT t.Id FROM Tickets t WHERE t.TenantId = @TenantId");

    private static readonly TenantSql OfCustomer = TenantSql.Of("""
        SELECT t.Id
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.CustomerId = @CustomerKey
        UNION
        SELECT d.RecordKey
        FROM SearchDocuments d
        WHERE d.TenantId = @TenantId
          AND d.CustomerKey = @CustomerKey
          AND d.Kind = 7
        """);

    private static readonly TenantSql Unindexed = TenantSql.Of("""
        SELECT t.Id
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.Id > @After
          AND NOT EXISTS (SELECT 1 FROM SearchDocuments d
                          WHERE d.TenantId = @TenantId AND d.Kind = 7 AND d.RecordKey = t.Id AND d.SourceUpdatedAt >= t.UpdatedAt)
        ORDER BY t.Id
        """);
}
