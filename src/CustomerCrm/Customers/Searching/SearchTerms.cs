using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Customers.Searching;

/// <summary>
/// What a search text can mean: beginnings of words of a name, of an e-mail address, of a phone number. Pure.
/// A part that cannot be meant is empty; a customer is found if the words are all found, or one of the others is.
/// </summary>
internal sealed record SearchTerms
{
    public const int ShortestText = 2, LongestText = 100;
    private const int ShortestPhone = 3, MostWords = 5;

    public required IReadOnlyList<KeyRange> Words { get; init; }
    public KeyRange? Email { get; init; }
    public required IReadOnlyList<KeyRange> Phones { get; init; }

    /// <param name="text">What somebody typed.</param>
    /// <param name="country">Whose calling code a number without one has.</param>
    public static SearchTerms Of(string text, string? country)
    {
        var typed = text.Trim();
        var phones = PhonesOf(typed, country);
        return new SearchTerms
        {
            Words = typed.Contains('@', StringComparison.Ordinal) || phones.Count > 0
                ? []
                : [.. NameKey.Words(typed).Select(NameKey.Cut).Distinct(StringComparer.Ordinal).Take(MostWords).Select(KeyRange.StartingWith)],
            Email = typed.Any(char.IsWhiteSpace) || typed.Length == 0 ? null : KeyRange.StartingWith(typed.ToLowerInvariant()),
            Phones = phones,
        };
    }

    /// <summary>What a customer, named c, is asked.</summary>
    public Condition ToCondition()
    {
        var hasIdentity = new List<Condition>();
        if (Email is not null) hasIdentity.Add(HasIdentity(IdentityKind.Email, Email));
        hasIdentity.AddRange(Phones.Select(phone => HasIdentity(IdentityKind.Phone, phone)));
        return Words.Count == 0
            ? Condition.Any(hasIdentity)
            : Condition.Any([Condition.All(Words.Select(HasWord)), .. hasIdentity]);
    }

    private static Condition HasWord(KeyRange word) => Condition.Of("""
        EXISTS (SELECT 1 FROM CustomerWords w
                WHERE w.TenantId = c.TenantId AND w.CustomerId = c.Id AND w.Word >= {0} AND w.Word < {1})
        """, word.From, word.To);

    // Of this customer's own few identities. SQLite, which knows no numbers of rows, would rather go through all addresses that begin
    // so, once for each customer; a plus keeps it from that index.
    private static Condition HasIdentity(IdentityKind kind, KeyRange range) => Condition.OfEach(
        sqlServer: """
            EXISTS (SELECT 1 FROM Identities i
                    WHERE i.TenantId = c.TenantId AND i.CustomerId = c.Id AND i.Kind = {0} AND i.Source = '' AND i.ValueKey >= {1} AND i.ValueKey < {2})
            """,
        sqlite: """
            EXISTS (SELECT 1 FROM Identities i
                    WHERE i.TenantId = c.TenantId AND i.CustomerId = c.Id AND +i.Kind = {0} AND +i.Source = '' AND i.ValueKey >= {1} AND i.ValueKey < {2})
            """, (int)kind, range.From, range.To);

    // Stored numbers begin with + and the calling code; people leave both out.
    private static List<KeyRange> PhonesOf(string typed, string? country)
    {
        if (typed.Any(c => !char.IsAsciiDigit(c) && c is not ('+' or ' ' or '-' or '/' or '.' or '(' or ')'))) return [];
        var digits = string.Concat(typed.Where(char.IsAsciiDigit));
        if (digits.Length < ShortestPhone) return [];
        if (typed.StartsWith('+')) return [KeyRange.StartingWith($"+{digits}")];
        if (digits.StartsWith("00", StringComparison.Ordinal)) return [KeyRange.StartingWith($"+{digits[2..]}")];

        List<KeyRange> phones = [KeyRange.StartingWith($"+{digits}")];
        if (country is not null && CallingCodes.OfCountry(country) is { } plan)
        {
            var national = plan.Trunk.Length > 0 && digits.StartsWith(plan.Trunk, StringComparison.Ordinal) ? digits[plan.Trunk.Length..] : digits;
            phones.Add(KeyRange.StartingWith($"+{plan.Code}{national}"));
        }
        return phones;
    }
}
