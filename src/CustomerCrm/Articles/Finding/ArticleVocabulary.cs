using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Search;
using CustomerCrm.Search.Asking;

namespace CustomerCrm.Articles.Finding;

/// <summary>The words of the tenant's published texts: how common each is, and which of them a mistyped one can have meant.</summary>
internal sealed class ArticleVocabulary(TenantDb db)
{
    private const int MostCandidates = 60, MostMeant = 3;

    /// <summary>What each word is near to that no text has; nothing for those that some text has.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> MeantAsync(IReadOnlyList<string> words, CancellationToken ct)
    {
        var spelt = words.Where(SearchTokens.IsSpelt).Distinct(StringComparer.Ordinal).ToArray();
        var meant = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var known = await UsesAsync(2, spelt, ct);
        foreach (var word in spelt.Where(word => !known.ContainsKey(word)))
        {
            var candidates = await db.QueryTopAsync<byte[]>(Sharing.And(Condition.In("t.Trigram", Spelling.Trigrams(word))).Then("GROUP BY t.Word ORDER BY COUNT(*) DESC, t.Word"), MostCandidates, null, ct);
            meant[word] = [.. Spelling.Meant(word, candidates.Select(Encoding.UTF8.GetString)).Take(MostMeant)];
        }
        return meant;
    }

    public async Task<CorpusFigures> FiguresAsync(IReadOnlyList<string> terms, CancellationToken ct)
    {
        var state = await db.FindAsync<State>(OfAll, null, ct) ?? new State();
        return new CorpusFigures(state.Documents, state.Documents == 0 ? 1 : (double)state.Terms / state.Documents, await UsesAsync(1, terms, ct));
    }

    private async Task<IReadOnlyDictionary<string, int>> UsesAsync(int kind, IReadOnlyList<string> words, CancellationToken ct)
    {
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var chunk in words.Chunk(500))
            foreach (var row in await db.QueryAsync<Row>(Uses.And(Condition.In("w.Word", chunk.Select(Encoding.UTF8.GetBytes))), new { Kind = kind }, ct)) uses[Encoding.UTF8.GetString(row.Word)] = row.Uses;
        return uses;
    }

    private sealed record State
    {
        public int Documents { get; init; }
        public long Terms { get; init; }
    }

    private sealed record Row
    {
        public required byte[] Word { get; init; }
        public required int Uses { get; init; }
    }

    private static readonly TenantSql OfAll = TenantSql.Of("SELECT s.Documents, s.Terms FROM ArticleIndexStates s WHERE s.TenantId = @TenantId");

    private static readonly TenantSql Uses = TenantSql.Of("""
        SELECT w.Word, w.Uses
        FROM ArticleWords w
        WHERE w.TenantId = @TenantId
          AND w.Kind = @Kind
        """);

    private static readonly TenantSql Sharing = TenantSql.Of("""
        SELECT t.Word
        FROM ArticleWordTrigrams t
        WHERE t.TenantId = @TenantId
        """);
}
