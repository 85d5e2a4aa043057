using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy.Moving;

namespace CustomerCrm.Search;

/// <summary>The full text index of SQLite for a tenant that has come from another database, from the words that stand in its documents.</summary>
internal sealed class MovedSearchIndex() : IndexedDocuments<MovedSearchIndex.Row>("search", After, SearchIndex.Index, SearchIndex.Unindex, SearchIndex.Delete)
{
    internal sealed record Row : IIndexedDocument
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
