using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Search.Asking;

/// <summary>
/// Looks for the words, from the strictest way to the most lenient, until there is enough: whole words of names, beginnings
/// of them, anywhere, and at last what was nearly typed. Each way finds the newest first and some only, so that a common word costs no more than a rare one.
/// </summary>
internal sealed class SearchMatches(TenantDb db, CurrentTenant tenant, SearchVocabulary vocabulary)
{
    private const int MostOfOneWay = 100;

    /// <returns>The best first.</returns>
    public async Task<(IReadOnlyList<Match> Matches, IReadOnlyList<SearchTerm> Terms)> FindAsync(IReadOnlyList<string> words, IReadOnlyCollection<SearchKind> kinds, int enough, CancellationToken ct)
    {
        SearchTerm[] whole = [.. words.Select(word => new SearchTerm([word], IsBeginning: false))], begun = [.. words.Select(word => new SearchTerm([word], IsBeginning: true))];
        var found = new Dictionary<long, Match>();
        foreach (var (way, query) in new SearchQuery[] { new(true, whole), new(true, begun), new(false, begun) }.Index())
            if (found.Count < enough) await AddAsync(found, query, way, kinds, ct);
        if (found.Count >= enough) return (Ranked(found.Values, begun), begun);

        var meant = new List<SearchTerm>();
        foreach (var word in words) meant.Add(new SearchTerm([word, .. await vocabulary.MeantAsync(word, ct)], IsBeginning: true));
        if (meant.Any(term => term.Words.Count > 1)) await AddAsync(found, new SearchQuery(false, meant), way: 3, kinds, ct);
        return (Ranked(found.Values, meant), meant);
    }

    private async Task AddAsync(Dictionary<long, Match> found, SearchQuery query, int way, IReadOnlyCollection<SearchKind> kinds, CancellationToken ct)
    {
        var sql = Matching.And(Condition.In("d.Kind", kinds.Select(kind => (object?)(int)kind))).And(query.ToCondition()).Then("ORDER BY Place DESC");
        foreach (var row in await db.QueryTopAsync<Match>(sql, MostOfOneWay, new { Match = query.ToMatch(tenant.Id) }, ct)) found.TryAdd(row.Place, row with { Way = way });
    }

    private static IReadOnlyList<Match> Ranked(IEnumerable<Match> found, IReadOnlyList<SearchTerm> terms) =>
        [.. found.OrderByDescending(match => SearchRank.Of(match.TitleWords, match.Way, terms)).ThenByDescending(match => match.Place)];

    /// <summary>A document that has the words.</summary>
    internal sealed record Match
    {
        public required long Place { get; init; }
        public required SearchKind Kind { get; init; }
        public required byte[] RecordKey { get; init; }
        public required string TitleWords { get; init; }

        /// <summary>How leniently it was found: 0 is the strictest way.</summary>
        public int Way { get; init; }
    }

    // CROSS JOIN, because SQLite keeps its order: the index first, which has its rows in order, then their documents.
    internal static readonly TenantSql Matching = TenantSql.Of(
        sqlServer: """
            SELECT d.Number AS Place, d.Kind, d.RecordKey, d.TitleWords
            FROM SearchDocuments d
            WHERE d.TenantId = @TenantId
            """,
        sqlite: """
            SELECT x.rowid AS Place, d.Kind, d.RecordKey, d.TitleWords
            FROM SearchIndex x
            CROSS JOIN SearchDocuments d
            WHERE x.SearchIndex MATCH @Match
              AND d.TenantId = @TenantId
              AND d.Number = x.rowid - @TenantId * 4294967296
            """);
}
