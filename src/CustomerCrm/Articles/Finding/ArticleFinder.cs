using CustomerCrm.Analytics.Words;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Search;

namespace CustomerCrm.Articles.Finding;

/// <summary>Finds published texts: the engine's index names those that have any of the words, and <see cref="ArticleRank"/> says which of them answer.</summary>
internal sealed class ArticleFinder(TenantDb db, CurrentTenant tenant, ArticleVocabulary vocabulary, ArticleSettingsReader settings)
{
    private const int MostCandidates = 200, MostWords = 12, MostOfLongText = 200, MostTelling = 15, ShortText = 6;
    private const double LeastOfText = 0.22;

    /// <summary>What somebody typed into a search box.</summary>
    public async Task<FoundTexts> FindAsync(string typed, Readership readers, CancellationToken ct)
    {
        string[] words = [.. SearchTokens.Of(typed).Take(MostWords)];
        return await FindAsync(words, readers, await vocabulary.MeantAsync(words, ct), ArticleRank.LeastCoverage, ct);
    }

    /// <summary>What somebody wrote at length, as in a ticket: by those of its words that tell most, however few of them an article has.</summary>
    public async Task<FoundTexts> FindForTextAsync(string text, Readership readers, CancellationToken ct)
    {
        var words = SearchTokens.Of(text).Take(MostOfLongText).Distinct(StringComparer.Ordinal).ToArray();
        if (words.Length <= ShortText) return await FindAsync(words, readers, await vocabulary.MeantAsync(words, ct), LeastOfText, ct);
        var telling = StopWords.Without(words);
        var figures = await vocabulary.FiguresAsync([.. telling.SelectMany(word => new[] { word, EnglishStem.Of(word) }).Distinct(StringComparer.Ordinal)], ct);
        string[] most = [.. telling.Where(word => UsesOf(word) > 0).OrderByDescending(word => figures.RarityOf([word, EnglishStem.Of(word)])).Take(MostTelling)];
        return await FindAsync([.. words.Where(most.Contains)], readers, new Dictionary<string, IReadOnlyList<string>>(), LeastOfText, ct);

        int UsesOf(string word) => figures.Uses.GetValueOrDefault(word) + figures.Uses.GetValueOrDefault(EnglishStem.Of(word));
    }

    private async Task<FoundTexts> FindAsync(IReadOnlyList<string> words, Readership readers, IReadOnlyDictionary<string, IReadOnlyList<string>> meant, double leastCoverage, CancellationToken ct)
    {
        var query = ArticleQuery.Of(words, (await settings.GetAsync(ct)).SynonymWords, meant);
        if (query.Terms.Count == 0) return new FoundTexts(query, []);
        var figures = await vocabulary.FiguresAsync(query.Terms, ct);
        string[] known = [.. query.Terms.Where(figures.Uses.ContainsKey)];
        if (known.Length == 0) return new FoundTexts(query, []);
        var sql = Candidates.And(Condition.In("a.Visibility", readers.Visibilities.Select(one => (object?)(int)one))).And(OfLocale(readers.Locale)).Then("ORDER BY Score DESC, Number DESC");
        var rows = await db.QueryTopAsync<Row>(sql, MostCandidates, new
        {
            Terms = string.Join(' ', known), Match = string.Join(" OR ", known.Select(term => $"\"{ArticleIndex.Term(tenant.Id, term)}\"")),
        }, ct);
        return new FoundTexts(query, [.. rows
            .Select(row => (Row: row, Ranked: ArticleRank.Of(row.ToText(), query, figures, leastCoverage)))
            .Where(one => one.Ranked is not null)
            .OrderByDescending(one => one.Ranked!.Score).ThenByDescending(one => one.Row.Number)
            .Select(one => new FoundText(one.Row.ArticleId, one.Row.Locale, Math.Round(one.Ranked!.Score, 4), Math.Round(one.Ranked.Coverage, 3), one.Ranked.Found))]);
    }

    /// <summary>The text in that language; of an article without one, that in its own.</summary>
    private static Condition OfLocale(string? locale) => locale is null ? Condition.Of("1 = 1") : Condition.Of("""
        (d.Locale = {0} OR (d.Locale = a.Locale AND NOT EXISTS (SELECT 1 FROM ArticleDocuments o WHERE o.TenantId = @TenantId AND o.ArticleId = a.Id AND o.Locale = {0})))
        """, locale);

    private sealed record Row
    {
        public required long Number { get; init; }
        public required Id<Article> ArticleId { get; init; }
        public required string Locale { get; init; }
        public required string TitleTerms { get; init; }
        public required string KeyTerms { get; init; }
        public required string BodyTerms { get; init; }
        public required int HelpfulCount { get; init; }
        public required int UnhelpfulCount { get; init; }
        public double Score { get; init; }

        public IndexedText ToText() => new()
        {
            Title = ArticleTerms.Read(TitleTerms), Keys = ArticleTerms.Read(KeyTerms), Body = ArticleTerms.Read(BodyTerms), Helpful = HelpfulCount, Unhelpful = UnhelpfulCount,
        };
    }

    internal static readonly TenantSql Candidates = TenantSql.Of(
        sqlServer: """
            SELECT d.Number, d.ArticleId, d.Locale, d.TitleTerms, d.KeyTerms, d.BodyTerms, a.HelpfulCount, a.UnhelpfulCount, h.Score
            FROM (SELECT p.Number, SUM(CASE p.Field WHEN 1 THEN 6.0 WHEN 2 THEN 4.0 ELSE 1.0 END) AS Score
                  FROM ArticlePostings p
                  JOIN STRING_SPLIT(@Terms, ' ') t ON t.value COLLATE Latin1_General_100_BIN2 = p.Term
                  WHERE p.TenantId = @TenantId
                  GROUP BY p.Number) h
            JOIN ArticleDocuments d ON d.TenantId = @TenantId AND d.Number = h.Number
            JOIN Articles a ON a.TenantId = @TenantId AND a.Id = d.ArticleId
            WHERE d.TenantId = @TenantId
            """,
        sqlite: """
            SELECT d.Number, d.ArticleId, d.Locale, d.TitleTerms, d.KeyTerms, d.BodyTerms, a.HelpfulCount, a.UnhelpfulCount, -bm25(ArticleIndex, 6.0, 4.0, 1.0) AS Score
            FROM ArticleIndex x
            CROSS JOIN ArticleDocuments d
            CROSS JOIN Articles a
            WHERE x.ArticleIndex MATCH @Match
              AND d.TenantId = @TenantId
              AND d.Number = x.rowid - @TenantId * 4294967296
              AND a.TenantId = @TenantId
              AND a.Id = d.ArticleId
            """);
}

/// <summary>Who looks.</summary>
/// <param name="Visibilities">What they may read.</param>
/// <param name="Locale">In which language, as the articles have it; null: in any.</param>
internal sealed record Readership(IReadOnlyList<ArticleVisibility> Visibilities, string? Locale)
{
    public static IReadOnlyList<ArticleVisibility> Everybody { get; } = [ArticleVisibility.Public];
    public static IReadOnlyList<ArticleVisibility> Customers { get; } = [ArticleVisibility.Public, ArticleVisibility.CustomersOnly];
    public static IReadOnlyList<ArticleVisibility> Staff { get; } = [ArticleVisibility.Public, ArticleVisibility.CustomersOnly, ArticleVisibility.Internal];
}

/// <param name="Query">As it was understood.</param>
/// <param name="Texts">The best first.</param>
internal sealed record FoundTexts(ArticleQuery Query, IReadOnlyList<FoundText> Texts);

/// <summary>A text that answers, and why.</summary>
internal sealed record FoundText(Id<Article> ArticleId, string Locale, double Score, double Coverage, IReadOnlyList<FoundWord> Why);
