using System.ComponentModel.DataAnnotations;
using System.Text;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Search.Sources;

namespace CustomerCrm.Search.Asking;

/// <summary>GET /v1/search</summary>
internal static class SearchEverything
{
    private const int ShortestText = 2, LongestText = 200, MostWords = 6, DefaultLimit = 10, MaxLimit = 50, MostOrders = 5;

    private static readonly FilterType kind = FilterType.OneOf<SearchKind>();

    /// <param name="q">What somebody typed: 2 to 200 characters.</param>
    /// <param name="kinds">Only these kinds, with commas between: customer, interaction, order, company, product, note, ticket, conversation_note, article. Those that the key may not read are left out.</param>
    /// <param name="limit">How many results, 1 to 50; 10 if nothing is said.</param>
    internal static async Task<SearchResults> Handle(string? q, string? kinds, [Range(1, MaxLimit)] int? limit, Caller caller, SearchMatches matches, IEnumerable<ISearched> searched, TenantDb db, CancellationToken ct)
    {
        var typed = q?.Trim() ?? "";
        if (typed.Length is < ShortestText or > LongestText || typed.Any(char.IsControl)) throw ApiProblem.BadQuery("q", "out_of_range", $"{ShortestText} to {LongestText} characters.");
        if (limit is < 1 or > MaxLimit) throw ApiProblem.BadQuery("limit", "out_of_range", $"A whole number from 1 to {MaxLimit}.");
        SearchKind[] among = [.. KindsOf(kinds).Where(one => caller.Scopes.Has(SearchScopes.Of(one)))];
        var most = limit ?? DefaultLimit;

        var hits = among.Contains(SearchKind.Order) ? await OrdersAsync(typed, db, ct) : [];
        if (WordsOf(typed) is { Count: > 0 } words)
        {
            var (found, terms) = await matches.FindAsync(words, [.. among.Where(k => k != SearchKind.Order)], most, ct);
            hits = [.. hits, .. await ReadAsync([.. found.Take(most)], terms, searched, ct)];
        }
        return new SearchResults { Data = [.. hits.Take(most)] };
    }

    private static IReadOnlyList<string> WordsOf(string typed) => SearchTokens.NumberOf(typed) is { } number ? [number] : SearchTokens.Of([typed], MostWords);

    private static SearchKind[] KindsOf(string? kinds) => kinds is null
        ? Enum.GetValues<SearchKind>()
        : [.. kinds.Split(',').Select(name => kind.Read(name) is SearchKind known ? known : throw ApiProblem.BadQuery("kinds", "value_invalid", $"Of: {string.Join(", ", kind.Values!)}.")).Distinct()];

    // What the index knows and is gone by now is left out; the index will hear of it.
    private static async Task<IEnumerable<SearchHit>> ReadAsync(IReadOnlyList<SearchMatches.Match> found, IReadOnlyList<SearchTerm> terms, IEnumerable<ISearched> searched, CancellationToken ct)
    {
        var documents = new Dictionary<string, SearchDocument>();
        foreach (var of in searched)
            if (found.Where(m => m.Kind == of.Kind).Select(m => m.RecordKey).ToArray() is { Length: > 0 } keys)
                foreach (var document in await of.ReadAsync(keys, ct)) documents[Convert.ToHexString(document.Key)] = document;
        return found.Select(m => documents.GetValueOrDefault(Convert.ToHexString(m.RecordKey))).OfType<SearchDocument>().Select(document => new SearchHit
        {
            Kind = document.Kind,
            Id = document.Id,
            CustomerId = document.CustomerId,
            Title = document.Title,
            OccurredAt = document.OccurredAt,
            Highlights = [.. document.Titles.Concat(document.Texts).Select(text => Highlights.Of(text, terms)).OfType<Highlight>().Take(5)],
        });
    }

    private static async Task<IReadOnlyList<SearchHit>> OrdersAsync(string typed, TenantDb db, CancellationToken ct) =>
    [
        .. (await db.QueryTopAsync<OrderRow>(OrdersKnownAs, MostOrders, new { Typed = typed, Key = Encoding.UTF8.GetBytes(typed) }, ct)).Select(order => new SearchHit
        {
            Kind = SearchKind.Order,
            Id = order.Id.ToString(),
            CustomerId = order.CustomerId,
            Title = order.OrderNumber ?? order.ExternalId,
            OccurredAt = order.PlacedAt,
            Highlights = [],
        }),
    ];

    private sealed record OrderRow
    {
        public required Id<Order> Id { get; init; }
        public required Id<Customer> CustomerId { get; init; }
        public string? OrderNumber { get; init; }
        public string? ExternalId { get; init; }
        public required DateTimeOffset PlacedAt { get; init; }
    }

    private static readonly TenantSql OrdersKnownAs = TenantSql.Of("""
        SELECT f.Id, f.CustomerId, f.OrderNumber, f.ExternalId, f.PlacedAt
        FROM (
            SELECT o.Id, o.CustomerId, o.OrderNumber, o.ExternalId, o.PlacedAt
            FROM Orders o
            WHERE o.TenantId = @TenantId AND o.OrderNumber = @Typed
            UNION
            SELECT e.Id, e.CustomerId, e.OrderNumber, e.ExternalId, e.PlacedAt
            FROM Orders e
            WHERE e.TenantId = @TenantId AND e.ExternalKey = @Key
        ) f
        ORDER BY f.PlacedAt DESC, f.Id
        """);
}
