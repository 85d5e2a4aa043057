using System.Text;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Search.Asking;

/// <summary>The tenant's own words, and which of them a mistyped one can have meant.</summary>
internal sealed class SearchVocabulary(TenantDb db)
{
    private const int MostCandidates = 60;

    /// <param name="changes">By how many documents more or fewer each word is in. One that is in none any more is forgotten.</param>
    /// <param name="ct">Cancels.</param>
    public async Task CountAsync(IReadOnlyDictionary<string, int> changes, CancellationToken ct)
    {
        foreach (var (word, change) in changes.Where(c => c.Value != 0).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            var row = new { Word = Encoding.UTF8.GetBytes(word), Change = change };
            if (await db.ExecuteAsync(Change, row, ct) == 0)
            {
                if (change < 0) continue;
                await db.ExecuteAsync(Insert, row, ct);
                await db.ExecuteEachAsync(InsertTrigram, TrigramsOf(word), ct);
            }
            else if (change < 0 && await db.ExecuteAsync(DeleteUnused, row, ct) > 0) await db.ExecuteEachAsync(DeleteTrigram, TrigramsOf(word), ct);
        }
    }

    public async Task<IReadOnlyList<string>> MeantAsync(string typed, CancellationToken ct)
    {
        if (!SearchTokens.IsSpelt(typed)) return [];
        var candidates = await db.QueryTopAsync<byte[]>(Sharing.And(Condition.In("t.Trigram", Spelling.Trigrams(typed))).Then("GROUP BY t.Word ORDER BY COUNT(*) DESC, t.Word"), MostCandidates, null, ct);
        return Spelling.Meant(typed, candidates.Select(Encoding.UTF8.GetString));
    }

    private static IEnumerable<object> TrigramsOf(string word) => Spelling.Trigrams(word).Select(trigram => new { Trigram = trigram, Word = Encoding.UTF8.GetBytes(word) });

    private static readonly TenantSql Change = TenantSql.Of("""
        UPDATE SearchWords
        SET Uses = Uses + @Change
        WHERE TenantId = @TenantId
          AND Word = @Word
        """);

    private static readonly TenantSql Insert = TenantSql.Of("INSERT INTO SearchWords (TenantId, Word, Uses) VALUES (@TenantId, @Word, @Change)");

    private static readonly TenantSql DeleteUnused = TenantSql.Of("""
        DELETE FROM SearchWords
        WHERE TenantId = @TenantId
          AND Word = @Word
          AND Uses <= 0
        """);

    private static readonly TenantSql InsertTrigram = TenantSql.Of("INSERT INTO SearchTrigrams (TenantId, Trigram, Word) VALUES (@TenantId, @Trigram, @Word)");

    private static readonly TenantSql DeleteTrigram = TenantSql.Of("DELETE FROM SearchTrigrams WHERE TenantId = @TenantId AND Trigram = @Trigram AND Word = @Word");

    private static readonly TenantSql Sharing = TenantSql.Of("""
        SELECT t.Word
        FROM SearchTrigrams t
        WHERE t.TenantId = @TenantId
        """);
}
