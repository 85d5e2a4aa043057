using CustomerCrm.Companies;
using CustomerCrm.Customers;
using CustomerCrm.Notes;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Search.Sources;

/// <summary>Notes as the search reads them: by what they say, and by who wrote them. One of an order that is gone is not there.</summary>
internal sealed class SearchedNotes(TenantDb db) : ISearched
{
    private const int LongestTitle = 80;

    public SearchKind Kind => SearchKind.Note;

    public async Task<IReadOnlyList<SearchDocument>> ReadAsync(IReadOnlyCollection<byte[]> keys, CancellationToken ct) =>
        [.. (await db.QueryAsync<Row>(Written.And(Condition.In("n.Id", keys)), null, ct)).Select(ToDocument)];

    public Task<IReadOnlyList<byte[]>> UnindexedAsync(byte[] after, int most, CancellationToken ct) => db.QueryTopAsync<byte[]>(Unindexed, most, new { After = after }, ct);

    private static SearchDocument ToDocument(Row note) => new()
    {
        Kind = SearchKind.Note,
        Key = note.Id.ToBytes(),
        OwnerKey = note.CustomerId?.ToBytes() ?? note.CompanyId?.ToBytes(),
        CustomerId = note.CustomerId,
        Id = note.Id.ToString(),
        Title = TitleOf(note.Body),
        Titles = [],
        Texts = [new("body", note.Body), new("author", note.AuthorName)],
        OccurredAt = note.WrittenAt,
        UpdatedAt = note.UpdatedAt,
    };

    /// <summary>Its first line, or as much of it as a list has room for.</summary>
    private static string TitleOf(string body) => body.Trim().Split('\n')[0].Trim().Shortened(LongestTitle);

    private sealed record Row
    {
        public required Id<Note> Id { get; init; }
        public Id<Customer>? CustomerId { get; init; }
        public Id<Company>? CompanyId { get; init; }
        public required string Body { get; init; }
        public required string AuthorName { get; init; }
        public required DateTimeOffset WrittenAt { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
    }

    private static readonly TenantSql Written = TenantSql.Of("""
        SELECT n.Id, n.CustomerId, n.CompanyId, n.Body, n.AuthorName, n.WrittenAt, n.UpdatedAt
        FROM Notes n
        WHERE n.TenantId = @TenantId
          AND (n.OrderId IS NULL OR EXISTS (SELECT 1 FROM Orders o WHERE o.TenantId = n.TenantId AND o.Id = n.OrderId))
        """);

    private static readonly TenantSql Unindexed = TenantSql.Of("""
        SELECT n.Id
        FROM Notes n
        WHERE n.TenantId = @TenantId
          AND n.Id > @After
          AND (n.OrderId IS NULL OR EXISTS (SELECT 1 FROM Orders o WHERE o.TenantId = n.TenantId AND o.Id = n.OrderId))
          AND NOT EXISTS (SELECT 1 FROM SearchDocuments d
                          WHERE d.TenantId = @TenantId AND d.Kind = 6 AND d.RecordKey = n.Id AND d.SourceUpdatedAt >= n.UpdatedAt)
        ORDER BY n.Id
        """);
}
