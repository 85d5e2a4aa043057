using CustomerCrm.Customers.Identities;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Customers.Searching;

/// <summary>
/// Turns a search text into a condition on customers. First it looks how many could be meant: if they are few, the
/// condition is their ids; if they are many, any page of any order is full of them, and each row is asked.
/// So neither a rare name nor a common one reads a million rows.
/// </summary>
internal sealed class CustomerSearch(TenantDb db, IdentityReader identities)
{
    private const int Few = 500;

    /// <exception cref="ApiProblem">400: too short or too long.</exception>
    public async Task<Condition> ConditionOfAsync(string text, CancellationToken ct)
    {
        if (text.Trim().Length is < SearchTerms.ShortestText or > SearchTerms.LongestText || text.Any(char.IsControl))
            throw ApiProblem.BadQuery("q", "out_of_range", $"{SearchTerms.ShortestText} to {SearchTerms.LongestText} characters.");

        var terms = SearchTerms.Of(text, await identities.TenantCountryAsync(ct));
        var branches = new List<Condition>();
        if (terms.Words.Count > 0) branches.Add(await HasWordsAsync(terms.Words, ct));
        if (terms.Email is { } email) branches.Add(await HasAsync(IdentityKind.Email, email, ct));
        foreach (var phone in terms.Phones) branches.Add(await HasAsync(IdentityKind.Phone, phone, ct));
        return Condition.Any(branches);
    }

    // The rarest word names the few; the others are asked of them.
    private async Task<Condition> HasWordsAsync(IReadOnlyList<KeyRange> words, CancellationToken ct)
    {
        IReadOnlyList<Id<Customer>>? fewest = null;
        foreach (var word in words)
        {
            var found = await db.QueryTopAsync<Id<Customer>>(OfWord, Few + 1, new { word.From, word.To }, ct);
            if (found.Count <= Few && (fewest is null || found.Count < fewest.Count)) fewest = found;
        }
        var each = words.Select(word => Condition.Of("""
            EXISTS (SELECT 1 FROM CustomerWords w
                    WHERE w.TenantId = c.TenantId AND w.CustomerId = c.Id AND w.Word >= {0} AND w.Word < {1})
            """, word.From, word.To));
        return Condition.All(fewest is null ? each : each.Prepend(Condition.In("c.Id", Distinct(fewest))));
    }

    private async Task<Condition> HasAsync(IdentityKind kind, KeyRange range, CancellationToken ct)
    {
        var found = await db.QueryTopAsync<Id<Customer>>(OfIdentity, Few + 1, new { Kind = kind, range.From, range.To }, ct);
        return found.Count <= Few
            ? Condition.In("c.Id", Distinct(found))
            : Condition.Of("""
                EXISTS (SELECT 1 FROM Identities i
                        WHERE i.TenantId = c.TenantId AND i.CustomerId = c.Id AND i.Kind = {0} AND i.ValueKey >= {1} AND i.ValueKey < {2})
                """, (int)kind, range.From, range.To);
    }

    private static IEnumerable<object?> Distinct(IEnumerable<Id<Customer>> ids) => ids.Distinct().Select(id => (object?)id.ToBytes());

    private static readonly TenantSql OfWord = TenantSql.Of("""
        SELECT w.CustomerId
        FROM CustomerWords w
        WHERE w.TenantId = @TenantId
          AND w.Word >= @From
          AND w.Word < @To
        ORDER BY w.Word, w.CustomerId
        """);

    private static readonly TenantSql OfIdentity = TenantSql.Of("""
        SELECT i.CustomerId
        FROM Identities i
        WHERE i.TenantId = @TenantId
          AND i.Kind = @Kind
          AND i.Source = ''
          AND i.ValueKey >= @From
          AND i.ValueKey < @To
        ORDER BY i.ValueKey
        """);
}
