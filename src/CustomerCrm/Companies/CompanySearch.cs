using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Companies;

/// <summary>
/// What a search text can mean of a company: every word begins a word of its name, or the text begins one of its domains. As with customers, it first
/// looks how many that could be: the list begins with them if they are few, and asks each row if they are many.
/// </summary>
internal sealed class CompanySearch(TenantDb db)
{
    private const int ShortestText = 2, LongestText = 100, MostWords = 5, Few = 500;

    /// <exception cref="ApiProblem">400: too short or too long.</exception>
    public async Task<Found> FindAsync(string text, CancellationToken ct)
    {
        var typed = text.Trim();
        if (typed.Length is < ShortestText or > LongestText || typed.Any(char.IsControl))
            throw ApiProblem.BadQuery("q", "out_of_range", $"{ShortestText} to {LongestText} characters.");

        KeyRange[] words = [.. NameKey.Words(typed).Select(NameKey.Cut).Distinct(StringComparer.Ordinal).Take(MostWords).Select(KeyRange.StartingWith)];
        var domain = typed.Any(char.IsWhiteSpace) ? KeyRange.Nothing : KeyRange.StartingWith(CompanyIdentities.DomainOf(typed) ?? typed.ToLowerInvariant());
        var (word, count) = (KeyRange.Nothing, 0);
        foreach (var (n, one) in words.Index())
        {
            var among = (await db.QueryTopAsync<Id<Company>>(OfWord, Few + 1, new { one.From, one.To }, ct)).Count;
            if (n == 0 || among < count) (word, count) = (one, among);
        }
        count = Math.Max(count, (await db.QueryTopAsync<Id<Company>>(OfDomain, Few + 1, new { domain.From, domain.To }, ct)).Count);

        var hasWords = words.Length == 0 ? Condition.Of("1 = 0") : Condition.All(words.Select(HasWord));
        return new Found(count <= Few, Condition.Any([hasWords, HasDomain(domain)]), new { WordFrom = word.From, WordTo = word.To, DomainFrom = domain.From, DomainTo = domain.To });
    }

    /// <param name="AreFew">At most 500 by each way.</param>
    /// <param name="Condition">What each row is asked.</param>
    /// <param name="Ranges">The parameters that name the few.</param>
    internal sealed record Found(bool AreFew, Condition Condition, object Ranges);

    private static Condition HasWord(KeyRange word) => Condition.Of(
        "EXISTS (SELECT 1 FROM CompanyWords w WHERE w.TenantId = c.TenantId AND w.CompanyId = c.Id AND w.Word >= {0} AND w.Word < {1})", word.From, word.To);

    private static Condition HasDomain(KeyRange domain) => Condition.Of(
        "EXISTS (SELECT 1 FROM CompanyDomains d WHERE d.TenantId = c.TenantId AND d.CompanyId = c.Id AND d.DomainKey >= {0} AND d.DomainKey < {1})", domain.From, domain.To);

    private static readonly TenantSql OfWord = TenantSql.Of("""
        SELECT w.CompanyId
        FROM CompanyWords w
        WHERE w.TenantId = @TenantId AND w.Word >= @From AND w.Word < @To
        ORDER BY w.Word, w.CompanyId
        """);

    private static readonly TenantSql OfDomain = TenantSql.Of("""
        SELECT d.CompanyId
        FROM CompanyDomains d
        WHERE d.TenantId = @TenantId AND d.DomainKey >= @From AND d.DomainKey < @To
        ORDER BY d.DomainKey
        """);
}
