using CustomerCrm.Platform.Data;

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
    public Task<IReadOnlyList<byte[]>> InteractionsOfAsync(byte[] customerKey, CancellationToken ct) => db.QueryAsync<byte[]>(OfCustomer, new { CustomerKey = customerKey }, ct);

    private static readonly TenantSql OfCustomer = TenantSql.Of("""
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
