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

    private static readonly TenantSql After = TenantSql.Of("""
        SELECT d.Number, d.TitleWords, d.BodyWords
        FROM SearchDocuments d
        WHERE d.TenantId = @TenantId
          AND d.Number > @After
        ORDER BY d.Number
        """);
}
