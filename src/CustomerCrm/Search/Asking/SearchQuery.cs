using CustomerCrm.Platform.Data;

namespace CustomerCrm.Search.Asking;

/// <summary>One way of looking for all words at once. Pure; written as SQLite's full text index and as SQL Server's rows want it.</summary>
/// <param name="InTitle">Only in what a record is known by.</param>
/// <param name="Terms">All of them must be found.</param>
internal sealed record SearchQuery(bool InTitle, IReadOnlyList<SearchTerm> Terms)
{
    /// <summary>The text for SQLite's MATCH. Words are letters and digits, so nothing in them is syntax.</summary>
    public string ToMatch(int tenantId)
    {
        var all = string.Join(" AND ", Terms.Select(term => $"({string.Join(" OR ", term.Words.Select(word => $"\"{SearchIndex.Term(tenantId, word)}\"{(term.IsBeginning && word == term.Words[0] ? "*" : "")}"))})"));
        return InTitle ? $"Title : ({all})" : all;
    }

    public Condition ToCondition() => Condition.All(Terms.Select(term => Condition.Any(term.Words.Select(word => term.IsBeginning && word == term.Words[0] ? Beginning(word) : Whole(word)))));

    private Condition Beginning(string word) => InTitle
        ? Condition.OfEach(sqlServer: "EXISTS (SELECT 1 FROM SearchPostings p WHERE p.TenantId = @TenantId AND p.Number = d.Number AND p.IsTitle = 1 AND p.Word LIKE {0})", sqlite: "1 = 1", $"{word}%")
        : Condition.OfEach(sqlServer: "EXISTS (SELECT 1 FROM SearchPostings p WHERE p.TenantId = @TenantId AND p.Number = d.Number AND p.Word LIKE {0})", sqlite: "1 = 1", $"{word}%");

    private Condition Whole(string word) => InTitle
        ? Condition.OfEach(sqlServer: "EXISTS (SELECT 1 FROM SearchPostings p WHERE p.TenantId = @TenantId AND p.Number = d.Number AND p.IsTitle = 1 AND p.Word = {0})", sqlite: "1 = 1", word)
        : Condition.OfEach(sqlServer: "EXISTS (SELECT 1 FROM SearchPostings p WHERE p.TenantId = @TenantId AND p.Number = d.Number AND p.Word = {0})", sqlite: "1 = 1", word);
}

/// <summary>A word that was typed, and what else it can have meant.</summary>
/// <param name="Words">The typed word first; one of them must be found.</param>
/// <param name="IsBeginning">Whether the typed word may go on.</param>
internal sealed record SearchTerm(IReadOnlyList<string> Words, bool IsBeginning);
