using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy.Moving;

namespace CustomerCrm.Search;

/// <summary>The full text index of SQLite for a tenant that has come from another database, from the words that stand in its documents.</summary>
internal sealed class MovedSearchIndex : IIndexedApart
{
    public string Name => "search";

    public async Task<long?> WriteAsync(TenantDb db, int tenantId, long after, int take, CancellationToken ct)
    {
        var documents = await db.QueryTopAsync<Row>(After, take, new { After = after }, ct);
        foreach (var document in documents) await db.ExecuteAsync(SearchIndex.Index, document.Terms(tenantId), ct);
        return documents is [.., var last] ? last.Number : null;
    }

    public async Task<bool> RemoveAsync(TenantDb db, int tenantId, int take, CancellationToken ct)
    {
        var documents = await db.QueryTopAsync<Row>(After, take, new { After = 0L }, ct);
        foreach (var document in documents)
        {
            await db.ExecuteAsync(SearchIndex.Unindex, document.Terms(tenantId), ct);
            await db.ExecuteAsync(SearchIndex.Delete, new { document.Number }, ct);
        }
        return documents.Count > 0;
    }

    private sealed record Row
    {
        public required long Number { get; init; }
        public required string TitleWords { get; init; }
        public required string BodyWords { get; init; }

        public object Terms(int tenantId) => new { Number, TitleWords, BodyWords, TitleTerms = SearchIndex.Terms(tenantId, TitleWords), BodyTerms = SearchIndex.Terms(tenantId, BodyWords) };
    }

    // On SQL Server the index is rows, which are copied like all others.
    private static readonly TenantSql After = TenantSql.Of(
        sqlServer: """
            SELECT d.Number, d.TitleWords, d.BodyWords
            FROM SearchDocuments d
            WHERE d.TenantId = @TenantId
              AND d.Number > @After
              AND 1 = 0
            ORDER BY d.Number
            """,
        sqlite: """
            SELECT d.Number, d.TitleWords, d.BodyWords
            FROM SearchDocuments d
            WHERE d.TenantId = @TenantId
              AND d.Number > @After
            ORDER BY d.Number
            """);
}
