using CustomerCrm.Platform.Data;
using CustomerCrm.Search.Sources;

namespace CustomerCrm.Search;

/// <summary>Reads records again and puts what they say now into the index.</summary>
internal sealed class SearchKeeper(IEnumerable<ISearched> searched, SearchIndex index, TenantDb db)
{
    // One text for few and one for many, so that statements stay prepared; the last key fills up what is left.
    private const int Few = 4, Many = 100;

    public async Task ReadAgainAsync(SearchKind kind, IEnumerable<byte[]> keys, CancellationToken ct)
    {
        foreach (var chunk in keys.DistinctBy(Convert.ToHexString).Chunk(Many))
        {
            byte[][] padded = [.. chunk, .. Enumerable.Repeat(chunk[^1], (chunk.Length <= Few ? Few : Many) - chunk.Length)];
            await index.ReplaceAsync(kind, padded, await searched.Single(s => s.Kind == kind).ReadAsync(padded, ct), ct);
        }
    }

    /// <summary>Those that are there, and those that the index still has of who is gone.</summary>
    public Task<IReadOnlyList<byte[]>> InteractionsOfAsync(byte[] customerKey, CancellationToken ct) => db.QueryAsync<byte[]>(InteractionsOf, new { CustomerKey = customerKey }, ct);

    /// <summary>The same of the notes of a customer or company.</summary>
    public Task<IReadOnlyList<byte[]>> NotesOfAsync(byte[] ownerKey, CancellationToken ct) => db.QueryAsync<byte[]>(NotesOf, new { OwnerKey = ownerKey }, ct);

    /// <summary>The same of what is noted inside a customer's conversations.</summary>
    public Task<IReadOnlyList<byte[]>> ConversationNotesOfAsync(byte[] customerKey, CancellationToken ct) => db.QueryAsync<byte[]>(ConversationNotesOf, new { CustomerKey = customerKey }, ct);

    private static readonly TenantSql ConversationNotesOf = TenantSql.Of("""
        SELECT e.Id
        FROM ConversationEntries e
        JOIN Conversations c ON c.TenantId = e.TenantId AND c.Id = e.ConversationId
        WHERE e.TenantId = @TenantId
          AND c.CustomerId = @CustomerKey
          AND e.Kind = 2
        UNION
        SELECT d.RecordKey
        FROM SearchDocuments d
        WHERE d.TenantId = @TenantId
          AND d.CustomerKey = @CustomerKey
          AND d.Kind = 20
        """);

    private static readonly TenantSql NotesOf = TenantSql.Of("""
        SELECT n.Id
        FROM Notes n
        WHERE n.TenantId = @TenantId
          AND n.CustomerId = @OwnerKey
        UNION
        SELECT d.RecordKey
        FROM SearchDocuments d
        WHERE d.TenantId = @TenantId
          AND d.CustomerKey = @OwnerKey
          AND d.Kind = 6
        """);

    private static readonly TenantSql InteractionsOf = TenantSql.Of("""
        SELECT i.Id
        FROM Interactions i
        WHERE i.TenantId = @TenantId
          AND i.CustomerId = @CustomerKey
        UNION
        SELECT d.RecordKey
        FROM SearchDocuments d
        WHERE d.TenantId = @TenantId
          AND d.CustomerKey = @CustomerKey
          AND d.Kind = 2
        """);
}
