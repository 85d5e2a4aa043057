using System.Text.Json;
using CustomerCrm.Articles.Markdown;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Search;
using CustomerCrm.Search.Sources;

namespace CustomerCrm.Articles.Finding;

/// <summary>Articles as the search over everything reads them: the latest version in each language, for the tenant's own people, who also look for drafts.</summary>
internal sealed class SearchedArticles(TenantDb db) : ISearched
{
    public SearchKind Kind => SearchKind.Article;

    public async Task<IReadOnlyList<SearchDocument>> ReadAsync(IReadOnlyCollection<byte[]> keys, CancellationToken ct) =>
        [.. (await db.QueryAsync<Row>(Written.And(Condition.In("a.Id", keys)), null, ct)).GroupBy(row => row.Id).Select(ToDocument)];

    public Task<IReadOnlyList<byte[]>> UnindexedAsync(byte[] after, int most, CancellationToken ct) => db.QueryTopAsync<byte[]>(Unindexed, most, new { After = after }, ct);

    public Task<IReadOnlyList<byte[]>> ChangedByAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        var changed = new List<byte[]>();
        foreach (var e in events.Where(e => e.Type.StartsWith("article.", StringComparison.Ordinal)))
        {
            using var data = JsonDocument.Parse(e.Data);
            var said = data.RootElement.TryGetProperty("article_id", out var id) || data.RootElement.TryGetProperty("id", out id) ? id.GetString() : null;
            if (Id<Article>.TryRead(said, out var articleId)) changed.Add(articleId.ToBytes());
        }
        return Task.FromResult<IReadOnlyList<byte[]>>(changed);
    }

    private static SearchDocument ToDocument(IGrouping<Id<Article>, Row> texts)
    {
        var own = texts.FirstOrDefault(text => text.Locale == text.OwnLocale) ?? texts.First();
        return new SearchDocument
        {
            Kind = SearchKind.Article,
            Key = own.Id.ToBytes(),
            OwnerKey = null,
            Id = own.Id.ToString(),
            Title = own.Title,
            Titles = [.. texts.OrderByDescending(text => text == own).Select(text => new SearchText("title", text.Title))],
            Texts = [.. JsonSerializer.Deserialize<string[]>(own.KeywordsText, StrictJson.Options)!.Select(word => new SearchText("keyword", word)), .. texts.Select(text => new SearchText("body", $"{text.Summary} {ArticleMarkdown.PlainOf(text.Body)}"))],
            UpdatedAt = own.UpdatedAt,
        };
    }

    private sealed record Row
    {
        public required Id<Article> Id { get; init; }
        public required string OwnLocale { get; init; }
        public required string KeywordsText { get; init; }
        public required string Locale { get; init; }
        public required string Title { get; init; }
        public string? Summary { get; init; }
        public required string Body { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
    }

    private static readonly TenantSql Written = TenantSql.Of("""
        SELECT a.Id, a.Locale AS OwnLocale, a.KeywordsText, t.Locale, v.Title, v.Summary, v.Body, a.UpdatedAt
        FROM Articles a
        JOIN ArticleTranslations t ON t.TenantId = @TenantId AND t.ArticleId = a.Id
        JOIN ArticleVersions v ON v.TenantId = @TenantId AND v.ArticleId = a.Id AND v.Locale = t.Locale AND v.Version = t.LatestVersion
        WHERE a.TenantId = @TenantId
        """);

    private static readonly TenantSql Unindexed = TenantSql.Of("""
        SELECT a.Id
        FROM Articles a
        WHERE a.TenantId = @TenantId
          AND a.Id > @After
          AND NOT EXISTS (SELECT 1 FROM SearchDocuments d
                          WHERE d.TenantId = @TenantId AND d.Kind = 8 AND d.RecordKey = a.Id AND d.SourceUpdatedAt >= a.UpdatedAt)
        ORDER BY a.Id
        """);
}
