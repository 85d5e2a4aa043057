using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Companies;

/// <summary>What a search text can mean of a company: every word begins a word of its name, or the text begins one of its domains. Pure.</summary>
internal static class CompanySearch
{
    private const int ShortestText = 2, LongestText = 100, MostWords = 5;

    /// <exception cref="ApiProblem">400: too short or too long.</exception>
    public static Condition Of(string text)
    {
        var typed = text.Trim();
        if (typed.Length is < ShortestText or > LongestText || typed.Any(char.IsControl))
            throw ApiProblem.BadQuery("q", "out_of_range", $"{ShortestText} to {LongestText} characters.");

        KeyRange[] words = [.. NameKey.Words(typed).Select(NameKey.Cut).Distinct(StringComparer.Ordinal).Take(MostWords).Select(KeyRange.StartingWith)];
        var domain = typed.Any(char.IsWhiteSpace) ? null : KeyRange.StartingWith(CompanyIdentities.DomainOf(typed) ?? typed.ToLowerInvariant());
        if (domain is null) return words.Length == 0 ? Condition.Of("1 = 0") : Condition.All(words.Select(HasWord));
        return words.Length > 1
            ? Condition.Any([Condition.All(words.Select(HasWord)), HasWordOrDomain(KeyRange.Nothing, domain)])
            : HasWordOrDomain(words is [var word] ? word : KeyRange.Nothing, domain); // one set, that the list can begin with
    }

    private static Condition HasWord(KeyRange word) => Condition.Of(
        "c.Id IN (SELECT w.CompanyId FROM CompanyWords w WHERE w.TenantId = @TenantId AND w.Word >= {0} AND w.Word < {1})", word.From, word.To);

    private static Condition HasWordOrDomain(KeyRange word, KeyRange domain) => Condition.Of("""
        c.Id IN (SELECT w.CompanyId FROM CompanyWords w WHERE w.TenantId = @TenantId AND w.Word >= {0} AND w.Word < {1}
                 UNION
                 SELECT d.CompanyId FROM CompanyDomains d WHERE d.TenantId = @TenantId AND d.DomainKey >= {2} AND d.DomainKey < {3})
        """, word.From, word.To, domain.From, domain.To);
}
