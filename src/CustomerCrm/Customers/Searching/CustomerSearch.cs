using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Customers.Searching;

/// <summary>
/// Finds whom a search text can mean. First it looks how many that could be. If they are few, the list begins with
/// them; if they are many, any page of any order is full of them, and the list asks each row. So neither a rare
/// name nor a common one reads a million rows.
/// </summary>
internal sealed class CustomerSearch(TenantDb db, IdentityReader identities)
{
    private const int Few = 500;

    /// <exception cref="ApiProblem">400: too short or too long.</exception>
    public async Task<Found> FindAsync(string text, CancellationToken ct)
    {
        if (text.Trim().Length is < SearchTerms.ShortestText or > SearchTerms.LongestText || text.Any(char.IsControl))
            throw ApiProblem.BadQuery("q", "out_of_range", $"{SearchTerms.ShortestText} to {SearchTerms.LongestText} characters.");

        var terms = SearchTerms.Of(text, await identities.TenantCountryAsync(ct));
        var (word, count) = await RarestAsync(terms.Words, ct);
        if (terms.Email is { } email) count = Math.Max(count, await CountAsync(IdentityKind.Email, email, ct));
        foreach (var phone in terms.Phones) count = Math.Max(count, await CountAsync(IdentityKind.Phone, phone, ct));

        var (byEmail, byPhone, byNational) = (terms.Email ?? KeyRange.Nothing, terms.Phones.ElementAtOrDefault(0) ?? KeyRange.Nothing, terms.Phones.ElementAtOrDefault(1) ?? KeyRange.Nothing);
        return new Found(count <= Few, terms.ToCondition(), new
        {
            WordFrom = word.From,
            WordTo = word.To,
            EmailFrom = byEmail.From,
            EmailTo = byEmail.To,
            PhoneFrom = byPhone.From,
            PhoneTo = byPhone.To,
            NationalFrom = byNational.From,
            NationalTo = byNational.To,
        });
    }

    /// <param name="AreFew">At most 500 by each way.</param>
    /// <param name="Condition">What each row is asked.</param>
    /// <param name="Ranges">The parameters that name the few.</param>
    internal sealed record Found(bool AreFew, Condition Condition, object Ranges);

    private async Task<(KeyRange Word, int Count)> RarestAsync(IReadOnlyList<KeyRange> words, CancellationToken ct)
    {
        var rarest = (Word: KeyRange.Nothing, Count: 0);
        foreach (var (n, word) in words.Index())
        {
            var found = await db.QueryTopAsync<Id<Customer>>(OfWord, Few + 1, new { word.From, word.To }, ct);
            if (n == 0 || found.Count < rarest.Count) rarest = (word, found.Count);
        }
        return rarest;
    }

    private async Task<int> CountAsync(IdentityKind kind, KeyRange range, CancellationToken ct) =>
        (await db.QueryTopAsync<Id<Customer>>(OfIdentity, Few + 1, new { Kind = kind, range.From, range.To }, ct)).Count;

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
