using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Search;
using CustomerCrm.Search.Asking;

namespace CustomerCrm.Articles.Finding;

/// <summary>Writes what the search knows of published texts, inside the transaction that publishes them.</summary>
internal sealed class ArticleIndex(TenantDb db, CurrentTenant tenant)
{
    private const int MostWords = 3000;

    /// <param name="articleId">Whose text.</param>
    /// <param name="locale">In which language.</param>
    /// <param name="published">What readers see; null: nothing any more.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ReplaceAsync(Id<Article> articleId, string locale, PublishedText? published, CancellationToken ct)
    {
        await HoldAsync(ct);
        var uses = new Dictionary<(int Kind, string Word), int>();
        if (await db.FindAsync<Row>(Known, new { ArticleId = articleId, Locale = locale }, ct) is { } before)
        {
            await db.ExecuteAsync(Unindex, TermsOf(before), ct);
            await db.ExecuteAsync(Delete, new { before.Number }, ct);
            await CountAsync(before, -1, uses, ct);
        }
        if (published is not null)
        {
            var number = (await db.QueryAsync<long>(LastNumber, null, ct))[0] + 1;
            var after = Row.Of(number, published, locale);
            await db.ExecuteAsync(Insert, new { after.Number, ArticleId = articleId, Locale = locale, after.TitleTerms, after.KeyTerms, after.BodyTerms, after.WordsText }, ct);
            await db.ExecuteAsync(Index, TermsOf(after), ct);
            await CountAsync(after, +1, uses, ct);
        }
        foreach (var ((kind, word), change) in uses.Where(u => u.Value != 0).OrderBy(u => u.Key.Kind).ThenBy(u => u.Key.Word, StringComparer.Ordinal)) await CountAsync(kind, word, change, ct);
    }

    /// <summary>A term as it stands in SQLite's index, where each begins with its tenant.</summary>
    internal static string Term(int tenantId, string term) => $"{tenantId}_{term}";

    private async Task CountAsync(Row row, int change, Dictionary<(int, string), int> uses, CancellationToken ct)
    {
        foreach (var term in row.Terms.Distinct(StringComparer.Ordinal)) uses[(1, term)] = uses.GetValueOrDefault((1, term)) + change;
        foreach (var word in row.WordsText.Split(' ', StringSplitOptions.RemoveEmptyEntries)) uses[(2, word)] = uses.GetValueOrDefault((2, word)) + change;
        await db.ExecuteAsync(Take, new { Last = row.Number, Texts = change, Terms = change * row.Length }, ct);
    }

    private async Task CountAsync(int kind, string word, int change, CancellationToken ct)
    {
        var row = new { Kind = kind, Word = Encoding.UTF8.GetBytes(word), Change = change };
        if (await db.ExecuteAsync(Change, row, ct) == 0)
        {
            if (change < 0) return;
            await db.ExecuteAsync(InsertWord, row, ct);
            if (kind == 2) await db.ExecuteEachAsync(InsertTrigram, TrigramsOf(word), ct);
        }
        else if (change < 0 && await db.ExecuteAsync(DeleteUnused, row, ct) > 0 && kind == 2) await db.ExecuteEachAsync(DeleteTrigram, TrigramsOf(word), ct);
    }

    private static IEnumerable<object> TrigramsOf(string word) => Spelling.Trigrams(word).Select(trigram => new { Trigram = trigram, Word = Encoding.UTF8.GetBytes(word) });

    private object TermsOf(Row row) => new
    {
        row.Number, Title = Keys(row.TitleTerms), Words = Keys(row.KeyTerms), Body = Keys(row.BodyTerms),
        TitleInIndex = InIndex(row.TitleTerms), WordsInIndex = InIndex(row.KeyTerms), BodyInIndex = InIndex(row.BodyTerms),
    };

    internal static string Keys(string terms) => string.Join(' ', ArticleTerms.Read(terms).Keys);

    // As often as they stand in the text: the engine's own order among candidates looks at that.
    private string InIndex(string terms) => InIndex(tenant.Id, terms);

    internal static string InIndex(int tenantId, string terms) => string.Join(' ', ArticleTerms.Read(terms).SelectMany(term => Enumerable.Repeat(Term(tenantId, term.Key), Math.Min(term.Value, 20))));

    private async Task HoldAsync(CancellationToken ct)
    {
        if (await db.ExecuteAsync(Take, new { Last = 0L, Texts = 0, Terms = 0 }, ct) > 0) return;
        try
        {
            await db.ExecuteAsync(Begin, null, ct);
        }
        catch (DuplicateKeyException)
        {
            await db.ExecuteAsync(Take, new { Last = 0L, Texts = 0, Terms = 0 }, ct); // another writer began meanwhile
        }
    }

    private sealed record Row
    {
        public required long Number { get; init; }
        public required string TitleTerms { get; init; }
        public required string KeyTerms { get; init; }
        public required string BodyTerms { get; init; }
        public required string WordsText { get; init; }

        public IEnumerable<string> Terms => ArticleTerms.Read(TitleTerms).Keys.Concat(ArticleTerms.Read(KeyTerms).Keys).Concat(ArticleTerms.Read(BodyTerms).Keys);

        public int Length => ArticleTerms.Read(BodyTerms).Values.Sum();

        public static Row Of(long number, PublishedText text, string locale) => new()
        {
            Number = number,
            TitleTerms = ArticleTerms.Write(ArticleTerms.Of(text.Title, locale)),
            KeyTerms = ArticleTerms.Write(text.Keywords.SelectMany(word => ArticleTerms.Of(word, locale))),
            BodyTerms = ArticleTerms.Write(ArticleTerms.Of($"{text.Summary} {text.Plain}", locale)),
            WordsText = string.Join(' ', SearchTokens.Of([text.Title, text.Summary, text.Plain, .. text.Keywords], MostWords).Where(SearchTokens.IsSpelt)),
        };
    }

    private static readonly TenantSql Take = TenantSql.Of("""
        UPDATE ArticleIndexStates
        SET LastNumber = CASE WHEN LastNumber > @Last THEN LastNumber ELSE @Last END, Documents = Documents + @Texts, Terms = Terms + @Terms
        WHERE TenantId = @TenantId
        """);

    private static readonly TenantSql Begin = TenantSql.Of("INSERT INTO ArticleIndexStates (TenantId, LastNumber, Documents, Terms) VALUES (@TenantId, 0, 0, 0)");

    private static readonly TenantSql LastNumber = TenantSql.Of("SELECT s.LastNumber FROM ArticleIndexStates s WHERE s.TenantId = @TenantId");

    private static readonly TenantSql Known = TenantSql.Of("""
        SELECT d.Number, d.TitleTerms, d.KeyTerms, d.BodyTerms, d.WordsText
        FROM ArticleDocuments d
        WHERE d.TenantId = @TenantId
          AND d.ArticleId = @ArticleId
          AND d.Locale = @Locale
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ArticleDocuments (TenantId, Number, ArticleId, Locale, TitleTerms, KeyTerms, BodyTerms, WordsText)
        VALUES (@TenantId, @Number, @ArticleId, @Locale, @TitleTerms, @KeyTerms, @BodyTerms, @WordsText)
        """);

    internal static readonly TenantSql Delete = TenantSql.Of("DELETE FROM ArticleDocuments WHERE TenantId = @TenantId AND Number = @Number");

    internal static readonly TenantSql Index = TenantSql.Of(
        sqlServer: """
            INSERT INTO ArticlePostings (TenantId, Term, Number, Field)
            SELECT @TenantId, t.value, @Number, 1 FROM STRING_SPLIT(@Title, ' ') t WHERE t.value <> ''
            UNION ALL
            SELECT @TenantId, k.value, @Number, 2 FROM STRING_SPLIT(@Words, ' ') k WHERE k.value <> ''
            UNION ALL
            SELECT @TenantId, b.value, @Number, 3 FROM STRING_SPLIT(@Body, ' ') b WHERE b.value <> ''
            """,
        sqlite: "INSERT INTO ArticleIndex (rowid, Title, Keywords, Body) VALUES (@TenantId * 4294967296 + @Number, @TitleInIndex, @WordsInIndex, @BodyInIndex)");

    // SQLite's index holds no text, so it must be told what it is to forget.
    internal static readonly TenantSql Unindex = TenantSql.Of(
        sqlServer: "DELETE FROM ArticlePostings WHERE TenantId = @TenantId AND Number = @Number",
        sqlite: "INSERT INTO ArticleIndex (ArticleIndex, rowid, Title, Keywords, Body) VALUES ('delete', @TenantId * 4294967296 + @Number, @TitleInIndex, @WordsInIndex, @BodyInIndex)");

    private static readonly TenantSql Change = TenantSql.Of("""
        UPDATE ArticleWords
        SET Uses = Uses + @Change
        WHERE TenantId = @TenantId
          AND Kind = @Kind
          AND Word = @Word
        """);

    private static readonly TenantSql InsertWord = TenantSql.Of("INSERT INTO ArticleWords (TenantId, Kind, Word, Uses) VALUES (@TenantId, @Kind, @Word, @Change)");

    private static readonly TenantSql DeleteUnused = TenantSql.Of("""
        DELETE FROM ArticleWords
        WHERE TenantId = @TenantId
          AND Kind = @Kind
          AND Word = @Word
          AND Uses <= 0
        """);

    private static readonly TenantSql InsertTrigram = TenantSql.Of("INSERT INTO ArticleWordTrigrams (TenantId, Trigram, Word) VALUES (@TenantId, @Trigram, @Word)");

    private static readonly TenantSql DeleteTrigram = TenantSql.Of("DELETE FROM ArticleWordTrigrams WHERE TenantId = @TenantId AND Trigram = @Trigram AND Word = @Word");
}

/// <summary>What readers see of an article in one language.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Summary">What lists say of it.</param>
/// <param name="Plain">Its text without Markdown.</param>
/// <param name="Keywords">Of the article.</param>
internal sealed record PublishedText(string Title, string? Summary, string Plain, IReadOnlyList<string> Keywords);
