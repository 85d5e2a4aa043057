using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Search;
using CustomerCrm.Search.Asking;
using CustomerCrm.Tests.Guards;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Tests.Search;

/// <summary>The two forms of one query: SQLite's full text index, and the rows that SQL Server has instead.</summary>
public class SearchQueryTests
{
    private static readonly SearchQuery petrova = new(InTitle: true, [new SearchTerm(["ana"], IsBeginning: true), new SearchTerm(["petrowa", "petrova"], IsBeginning: false)]);

    [Test]
    public void Each_word_begins_with_its_tenant() =>
        Assert.That(petrova.ToMatch(17), Is.EqualTo("Title : ((\"17_ana\"*) AND (\"17_petrowa\" OR \"17_petrova\"))"));

    [Test]
    public void On_SQL_Server_it_is_T_SQL_that_keeps_to_the_tenant()
    {
        var sql = SearchMatches.Matching.And(petrova.ToCondition()).Then("ORDER BY Place DESC");

        Assert.That(TSql.TablesWithoutTenant(TSql.Parse(sql.SqlServer)), Is.Empty);
    }

    // Its Unicode is older than .NET's. A word of two tokens would be a phrase, which an index without places refuses.
    [Test]
    public void No_letter_of_any_script_parts_a_word_in_SQLites_index()
    {
        using var sqlite = new SqliteConnection("Data Source=:memory:");
        sqlite.Open();
        sqlite.Execute(Migrator.ScriptsFor(typeof(Program).Assembly, "sqlite").Single(script => script.Text.Contains("VIRTUAL TABLE SearchIndex", StringComparison.Ordinal)).Text);
        sqlite.Execute("CREATE VIRTUAL TABLE temp.Tokens USING fts5vocab (main, SearchIndex, row)");
        var letters = Enumerable.Range(0x80, 0x10FFFF - 0x80).Where(Rune.IsValid).Select(code => new Rune(code)).Where(Rune.IsLetterOrDigit);

        foreach (var (n, some) in letters.Chunk(5000).Index())
            sqlite.Execute("INSERT INTO SearchIndex (rowid, Title, Body) VALUES (@n, @words, '')", new { n, words = SearchIndex.Terms(1, string.Join(' ', some.Select(letter => string.Join("", SearchTokens.Of($"q{letter}q"))))) });

        Assert.That(sqlite.ExecuteScalar<int>("SELECT COUNT(*) FROM temp.Tokens"), Is.GreaterThan(100_000));
        Assert.That(sqlite.Query<string>("SELECT term FROM temp.Tokens WHERE term NOT LIKE '1!_q%q' ESCAPE '!'"), Is.Empty);
    }

    // The text for SQL Server is one that SQLite reads, too: so what it finds can be tried here.
    [TestCase("ana petrova", true, ExpectedResult = 1)]
    [TestCase("anabel petrova", true, ExpectedResult = 1)]
    [TestCase("ana petrovas", true, ExpectedResult = 0)]
    [TestCase("ana petrova", false, ExpectedResult = 0)]
    public int The_rows_find_the_same(string words, bool isTitle)
    {
        using var sqlite = new SqliteConnection("Data Source=:memory:");
        sqlite.Open();
        foreach (var script in Migrator.ScriptsFor(typeof(Program).Assembly, "sqlite")) sqlite.Execute(script.Text);
        sqlite.Execute("PRAGMA foreign_keys = OFF; CREATE TABLE SearchPostings (TenantId INT, Word TEXT, Number INT, IsTitle INT)");
        sqlite.Execute("INSERT INTO SearchDocuments (TenantId, Number, Kind, RecordKey, TitleWords, BodyWords, SourceUpdatedAt) VALUES (1, 1, 1, x'01', '', '', ''), (2, 1, 1, x'01', '', '', '')");
        foreach (var word in words.Split(' '))
            foreach (var tenant in new[] { 1, 2 })
                sqlite.Execute("INSERT INTO SearchPostings VALUES (@tenant, @word, 1, @isTitle)", new { tenant, word, isTitle });
        var sql = SearchMatches.Matching.And(petrova.ToCondition()).Then("ORDER BY Place DESC");

        return sqlite.Query(sql.SqlServer, new DynamicParameters(sql.Values.Append(new("TenantId", 1)).ToDictionary(v => v.Key, v => v.Value))).Count();
    }
}
