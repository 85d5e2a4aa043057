using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Search.Asking;

namespace CustomerCrm.Search;

/// <summary>Writes what the search knows of records. Inside the caller's transaction; its writers take turns.</summary>
internal sealed class SearchIndex(TenantDb db, CurrentTenant tenant, SearchVocabulary vocabulary)
{
    /// <param name="kind">Of what kind all of them are.</param>
    /// <param name="keys">Those that may have changed, at most 200.</param>
    /// <param name="documents">Those of them that are there; the others are forgotten.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ReplaceAsync(SearchKind kind, IReadOnlyCollection<byte[]> keys, IReadOnlyList<SearchDocument> documents, CancellationToken ct)
    {
        await HoldAsync(ct);
        var known = (await db.QueryAsync<Indexed>(Known.And(Condition.In("d.RecordKey", keys)), new { Kind = kind }, ct)).ToDictionary(d => Convert.ToHexString(d.RecordKey));
        var (uses, added) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<SearchDocument>());
        foreach (var document in documents)
        {
            if (!known.Remove(Convert.ToHexString(document.Key), out var before)) added.Add(document);
            else await ChangeAsync(before, document, uses, ct);
        }
        foreach (var gone in known.Values) await ForgetAsync(gone, uses, ct);
        await AddAsync(added, uses, ct);
        await vocabulary.CountAsync(uses, ct);
    }

    /// <summary>The words as they stand in SQLite's index, where each begins with its tenant.</summary>
    internal static string Term(int tenantId, string word) => $"{tenantId}_{SingleToken.Of(word)}";

    private async Task AddAsync(List<SearchDocument> documents, Dictionary<string, int> uses, CancellationToken ct)
    {
        if (documents.Count == 0) return;
        await db.ExecuteAsync(Take, new { documents.Count }, ct);
        var number = (await db.QueryAsync<long>(LastNumber, null, ct))[0] - documents.Count;
        foreach (var document in documents)
        {
            var row = new Indexed { Number = ++number, RecordKey = document.Key, TitleWords = document.TitleWords, BodyWords = document.BodyWords, SourceUpdatedAt = document.UpdatedAt };
            await db.ExecuteAsync(Insert, new { row.Number, document.Kind, row.RecordKey, CustomerKey = document.OwnerKey, row.TitleWords, row.BodyWords, row.SourceUpdatedAt }, ct);
            await db.ExecuteAsync(Index, TermsOf(row), ct);
            Count(row, +1, uses);
        }
    }

    private async Task ChangeAsync(Indexed before, SearchDocument document, Dictionary<string, int> uses, CancellationToken ct)
    {
        var after = before with { TitleWords = document.TitleWords, BodyWords = document.BodyWords, SourceUpdatedAt = document.UpdatedAt };
        if (after == before) return;
        await db.ExecuteAsync(Update, new { after.Number, after.TitleWords, after.BodyWords, after.SourceUpdatedAt, CustomerKey = document.OwnerKey }, ct);
        if ((after.TitleWords, after.BodyWords) == (before.TitleWords, before.BodyWords)) return;
        await db.ExecuteAsync(Unindex, TermsOf(before), ct);
        await db.ExecuteAsync(Index, TermsOf(after), ct);
        Count(before, -1, uses);
        Count(after, +1, uses);
    }

    private async Task ForgetAsync(Indexed gone, Dictionary<string, int> uses, CancellationToken ct)
    {
        await db.ExecuteAsync(Unindex, TermsOf(gone), ct);
        await db.ExecuteAsync(Delete, new { gone.Number }, ct);
        Count(gone, -1, uses);
    }

    private static void Count(Indexed document, int change, Dictionary<string, int> uses)
    {
        foreach (var word in document.Words.Where(SearchTokens.IsSpelt)) uses[word] = uses.GetValueOrDefault(word) + change;
    }

    private object TermsOf(Indexed document) => new
    {
        document.Number,
        document.TitleWords,
        document.BodyWords,
        TitleTerms = Terms(document.TitleWords),
        BodyTerms = Terms(document.BodyWords),
    };

    private string Terms(string words) => Terms(tenant.Id, words);

    internal static string Terms(int tenantId, string words) => string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Term(tenantId, word)));

    private async Task HoldAsync(CancellationToken ct)
    {
        if (await db.ExecuteAsync(Take, new { Count = 0 }, ct) > 0) return;
        try
        {
            await db.ExecuteAsync(Begin, null, ct);
        }
        catch (DuplicateKeyException)
        {
            await db.ExecuteAsync(Take, new { Count = 0 }, ct); // another writer began meanwhile
        }
    }

    private sealed record Indexed
    {
        public required long Number { get; init; }
        public required byte[] RecordKey { get; init; }
        public required string TitleWords { get; init; }
        public required string BodyWords { get; init; }
        public required DateTimeOffset SourceUpdatedAt { get; init; }

        public IEnumerable<string> Words => $"{TitleWords} {BodyWords}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal);
    }

    private static readonly TenantSql Take = TenantSql.Of("""
        UPDATE SearchStates
        SET LastNumber = LastNumber + @Count
        WHERE TenantId = @TenantId
        """);

    private static readonly TenantSql Begin = TenantSql.Of("INSERT INTO SearchStates (TenantId, LastNumber) VALUES (@TenantId, 0)");

    private static readonly TenantSql LastNumber = TenantSql.Of("SELECT s.LastNumber FROM SearchStates s WHERE s.TenantId = @TenantId");

    private static readonly TenantSql Known = TenantSql.Of("""
        SELECT d.Number, d.RecordKey, d.TitleWords, d.BodyWords, d.SourceUpdatedAt
        FROM SearchDocuments d
        WHERE d.TenantId = @TenantId
          AND d.Kind = @Kind
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO SearchDocuments (TenantId, Number, Kind, RecordKey, CustomerKey, TitleWords, BodyWords, SourceUpdatedAt)
        VALUES (@TenantId, @Number, @Kind, @RecordKey, @CustomerKey, @TitleWords, @BodyWords, @SourceUpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE SearchDocuments
        SET TitleWords = @TitleWords, BodyWords = @BodyWords, SourceUpdatedAt = @SourceUpdatedAt, CustomerKey = @CustomerKey
        WHERE TenantId = @TenantId
          AND Number = @Number
        """);

    internal static readonly TenantSql Delete = TenantSql.Of("DELETE FROM SearchDocuments WHERE TenantId = @TenantId AND Number = @Number");

    // SQLite has a full text index; SQL Server a row for each word.
    internal static readonly TenantSql Index = TenantSql.Of(
        sqlServer: """
            INSERT INTO SearchPostings (TenantId, Word, Number, IsTitle)
            SELECT @TenantId, t.value, @Number, 1
            FROM STRING_SPLIT(@TitleWords, ' ') t
            WHERE t.value <> ''
            UNION ALL
            SELECT @TenantId, b.value, @Number, 0
            FROM STRING_SPLIT(@BodyWords, ' ') b
            WHERE b.value <> ''
            """,
        sqlite: "INSERT INTO SearchIndex (rowid, Title, Body) VALUES (@TenantId * 4294967296 + @Number, @TitleTerms, @BodyTerms)");

    // SQLite's index holds no text, so it must be told what it is to forget.
    internal static readonly TenantSql Unindex = TenantSql.Of(
        sqlServer: "DELETE FROM SearchPostings WHERE TenantId = @TenantId AND Number = @Number",
        sqlite: "INSERT INTO SearchIndex (SearchIndex, rowid, Title, Body) VALUES ('delete', @TenantId * 4294967296 + @Number, @TitleTerms, @BodyTerms)");
}
