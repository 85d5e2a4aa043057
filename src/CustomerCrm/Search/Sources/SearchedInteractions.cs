using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Search.Sources;

/// <summary>Interactions as the search reads them: by subject, and by what was said.</summary>
internal sealed class SearchedInteractions(TenantDb db) : ISearched
{
    public SearchKind Kind => SearchKind.Interaction;

    public async Task<IReadOnlyList<SearchDocument>> ReadAsync(IReadOnlyCollection<byte[]> keys, CancellationToken ct) =>
        [.. (await db.QueryAsync<Row>(Said.And(Condition.In("i.Id", keys)), null, ct)).Select(ToDocument)];

    public Task<IReadOnlyList<byte[]>> UnindexedAsync(byte[] after, int most, CancellationToken ct) => db.QueryTopAsync<byte[]>(Unindexed, most, new { After = after }, ct);

    private static SearchDocument ToDocument(Row interaction) => new()
    {
        Kind = SearchKind.Interaction,
        Key = interaction.Id.ToBytes(),
        OwnerKey = interaction.CustomerId.ToBytes(),
        CustomerId = interaction.CustomerId,
        Id = interaction.Id.ToString(),
        Title = interaction.Subject,
        Titles = [new("subject", interaction.Subject)],
        Texts = [new("body", interaction.Body), new("agent", interaction.Agent), new("outcome", interaction.Outcome)],
        OccurredAt = interaction.OccurredAt,
        UpdatedAt = interaction.UpdatedAt,
    };

    private sealed record Row
    {
        public required Id<Interaction> Id { get; init; }
        public required Id<Customer> CustomerId { get; init; }
        public required DateTimeOffset OccurredAt { get; init; }
        public string? Agent { get; init; }
        public string? Subject { get; init; }
        public string? Body { get; init; }
        public string? Outcome { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
    }

    private static readonly TenantSql Said = TenantSql.Of("""
        SELECT i.Id, i.CustomerId, i.OccurredAt, i.Agent, i.Subject, i.Body, i.Outcome, i.UpdatedAt
        FROM Interactions i
        WHERE i.TenantId = @TenantId
        """);

    private static readonly TenantSql Unindexed = TenantSql.Of("""
        SELECT i.Id
        FROM Interactions i
        WHERE i.TenantId = @TenantId
          AND i.Id > @After
          AND NOT EXISTS (SELECT 1 FROM SearchDocuments d
                          WHERE d.TenantId = @TenantId AND d.Kind = 2 AND d.RecordKey = i.Id AND d.SourceUpdatedAt >= i.UpdatedAt)
        ORDER BY i.Id
        """);
}
