using CustomerCrm.Platform.Data;
using CustomerCrm.Search;

namespace CustomerCrm.Tickets.Searching;

/// <summary>Asks the search's index for tickets, so that their list can be narrowed by words, in any order and page by page.</summary>
internal static class TicketWords
{
    private const int MostWords = 8, ShortestBeginning = 3;

    /// <summary>What every ticket's document has in the index and nobody can type: with it, words that other records have too are passed over.</summary>
    public const string Mark = "_ticket";

    /// <summary>The documents of tickets (v); on SQLite begun at the index (x).</summary>
    public static readonly TenantSql Rows = TenantSql.Of(
        sqlServer: "SELECT 1 FROM SearchDocuments v WHERE v.TenantId = @TenantId AND v.Kind = 7",
        sqlite: """
            SELECT 1
            FROM SearchIndex x
            CROSS JOIN SearchDocuments v
            WHERE v.TenantId = @TenantId
              AND v.Number = x.rowid - @TenantId * 4294967296
              AND v.Kind = 7
            """);

    public static readonly TenantSql Matching = TenantSql.Of(
        sqlServer: $"""
            SELECT {Ticket.Columns}
            FROM SearchDocuments v
            JOIN Tickets t ON t.TenantId = v.TenantId AND t.Id = v.RecordKey
            WHERE v.TenantId = @TenantId
              AND v.Kind = 7
            """,
        sqlite: $"""
            SELECT {Ticket.Columns}
            FROM SearchIndex x
            CROSS JOIN SearchDocuments v
            CROSS JOIN Tickets t
            WHERE v.TenantId = @TenantId
              AND v.Number = x.rowid - @TenantId * 4294967296
              AND v.Kind = 7
              AND t.TenantId = @TenantId
              AND t.Id = v.RecordKey
            """);

    /// <summary>Of v: it holds all the words.</summary>
    public static Condition Found(string text)
    {
        var words = WordsOf(text);
        return Condition.All([
            Condition.OfEach("1 = 1", "x.SearchIndex MATCH REPLACE({0}, '~', @TenantId)", MatchOf(words)),
            .. words.Select(word => word.IsBegun
                ? Condition.OfEach("EXISTS (SELECT 1 FROM SearchPostings p WHERE p.TenantId = @TenantId AND p.Number = v.Number AND p.Word LIKE {0})", "1 = 1", $"{word.Text}%")
                : Condition.OfEach("EXISTS (SELECT 1 FROM SearchPostings p WHERE p.TenantId = @TenantId AND p.Number = v.Number AND p.Word = {0})", "1 = 1", word.Text)),
        ]);
    }

    /// <summary>The same, asked of one ticket (t).</summary>
    public static Condition IsOf(string text)
    {
        var words = WordsOf(text);
        return Condition.All([
            // The index is asked once and not for each ticket: to look for one row among many costs it as much as to find a thousand.
            Condition.OfEach("1 = 1", """
                (SELECT @TenantId * 4294967296 + d.Number FROM SearchDocuments d WHERE d.TenantId = @TenantId AND d.Kind = 7 AND d.RecordKey = t.Id)
                IN (SELECT x.rowid FROM SearchIndex x WHERE x.SearchIndex MATCH REPLACE({0}, '~', @TenantId))
                """, MatchOf(words)),
            .. words.Select(word => word.IsBegun
                ? Condition.OfEach("EXISTS (SELECT 1 FROM SearchDocuments d JOIN SearchPostings p ON p.TenantId = d.TenantId AND p.Number = d.Number WHERE d.TenantId = @TenantId AND d.Kind = 7 AND d.RecordKey = t.Id AND p.Word LIKE {0})", "1 = 1", $"{word.Text}%")
                : Condition.OfEach("EXISTS (SELECT 1 FROM SearchDocuments d JOIN SearchPostings p ON p.TenantId = d.TenantId AND p.Number = d.Number WHERE d.TenantId = @TenantId AND d.Kind = 7 AND d.RecordKey = t.Id AND p.Word = {0})", "1 = 1", word.Text)),
        ]);
    }

    /// <summary>Only the last word may go on, and no number: #104 is not #1042.</summary>
    internal static IReadOnlyList<(string Text, bool IsBegun)> WordsOf(string text)
    {
        var words = SearchTokens.Of([text], MostWords);
        return [.. words.Select((word, i) => (word, i == words.Count - 1 && word.Length >= ShortestBeginning && word.All(char.IsLetter)))];
    }

    // The mark is asked for too, so that text without a word in it finds every ticket and no record else. Words are letters and digits, so nothing in them is syntax.
    private static string MatchOf(IReadOnlyList<(string Text, bool IsBegun)> words) =>
        string.Join(" AND ", words.Select(word => $"\"~_{SingleToken.Of(word.Text)}\"{(word.IsBegun ? "*" : "")}").Append($"\"~_{Mark}\""));
}
