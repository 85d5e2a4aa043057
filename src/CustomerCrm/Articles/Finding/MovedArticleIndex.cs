using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy.Moving;

namespace CustomerCrm.Articles.Finding;

/// <summary>The full text index of SQLite for the articles of a tenant that has come from another database, from the terms that stand in its documents.</summary>
internal sealed class MovedArticleIndex() : IndexedDocuments<MovedArticleIndex.Row>("articles", After, ArticleIndex.Index, ArticleIndex.Unindex, ArticleIndex.Delete)
{
    internal sealed record Row : IIndexedDocument
    {
        public required long Number { get; init; }
        public required string TitleTerms { get; init; }
        public required string KeyTerms { get; init; }
        public required string BodyTerms { get; init; }

        public object Terms(int tenantId) => new
        {
            Number, Title = ArticleIndex.Keys(TitleTerms), Words = ArticleIndex.Keys(KeyTerms), Body = ArticleIndex.Keys(BodyTerms),
            TitleInIndex = ArticleIndex.InIndex(tenantId, TitleTerms), WordsInIndex = ArticleIndex.InIndex(tenantId, KeyTerms), BodyInIndex = ArticleIndex.InIndex(tenantId, BodyTerms),
        };
    }

    private static readonly TenantSql After = TenantSql.Of("""
        SELECT d.Number, d.TitleTerms, d.KeyTerms, d.BodyTerms
        FROM ArticleDocuments d
        WHERE d.TenantId = @TenantId
          AND d.Number > @After
        ORDER BY d.Number
        """);
}
