using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Search.Sources;

/// <summary>Internal notes of conversations as the search reads them: by what they say, and by who wrote them. One that was redacted is not there.</summary>
internal sealed class SearchedConversationNotes(TenantDb db) : ISearched
{
    private const int LongestTitle = 80;

    public SearchKind Kind => SearchKind.ConversationNote;

    public async Task<IReadOnlyList<SearchDocument>> ReadAsync(IReadOnlyCollection<byte[]> keys, CancellationToken ct) =>
        [.. (await db.QueryAsync<Row>(Written.And(Condition.In("e.Id", keys)), null, ct)).Select(ToDocument)];

    public Task<IReadOnlyList<byte[]>> UnindexedAsync(byte[] after, int most, CancellationToken ct) => db.QueryTopAsync<byte[]>(Unindexed, most, new { After = after }, ct);

    private static SearchDocument ToDocument(Row note) => new()
    {
        Kind = SearchKind.ConversationNote,
        Key = note.Id.ToBytes(),
        OwnerKey = note.CustomerId.ToBytes(),
        CustomerId = note.CustomerId,
        Id = note.Id.ToString(),
        Title = note.Body.Shortened(LongestTitle),
        Titles = [],
        Texts = [new("text", note.Body), new("author_name", note.AuthorName)],
        OccurredAt = note.CreatedAt,
        UpdatedAt = note.CreatedAt,
    };

    private sealed record Row
    {
        public required Id<ConversationEntry> Id { get; init; }
        public required Id<Customer> CustomerId { get; init; }
        public required string Body { get; init; }
        public string? AuthorName { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }

    private static readonly TenantSql Written = TenantSql.Of("""
        SELECT e.Id, c.CustomerId, e.Body, e.AuthorName, e.CreatedAt
        FROM ConversationEntries e
        JOIN Conversations c ON c.TenantId = e.TenantId AND c.Id = e.ConversationId
        WHERE e.TenantId = @TenantId
          AND e.Kind = 2
          AND e.RedactedAt IS NULL
        """);

    private static readonly TenantSql Unindexed = TenantSql.Of("""
        SELECT e.Id
        FROM ConversationEntries e
        WHERE e.TenantId = @TenantId
          AND e.Id > @After
          AND e.Kind = 2
          AND e.RedactedAt IS NULL
          AND NOT EXISTS (SELECT 1 FROM SearchDocuments d
                          WHERE d.TenantId = @TenantId AND d.Kind = 20 AND d.RecordKey = e.Id)
        ORDER BY e.Id
        """);
}
