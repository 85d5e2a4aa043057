using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.PersonalData;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Tests.PersonalData;

/// <summary>Whoever adds a whole number to a customer's tables says whether it counts something or stands for a word.</summary>
public class StoredWordTests
{
    /// <summary>What columns that count are called, at their end.</summary>
    private static readonly string[] counting =
    [
        "TenantId", "Revision", "Count", "Number", "Depth", "Version", "Turns", "Turn", "Score", "DaysSinceLast", "PurchaseDays", "PurchasesHigh", "PurchasesLow", "Seconds", "Parts", "Position",
        "Quantity", "Bucket", "Cycle", "Replies", "Reopens", "OpenedHour", "OpenedWeekHour", "Attempts", "Minutes", "Edition", "Moved", "Satisfaction", "LastMessage",
    ];

    [Test]
    public void Every_number_of_a_customers_tables_is_a_word_or_counts_something()
    {
        using var sqlite = new SqliteConnection("Data Source=:memory:");
        sqlite.Open();
        foreach (var script in Migrator.ScriptsFor(typeof(Program).Assembly, "sqlite")) sqlite.Execute(script.Text);

        string[] numbers = [.. from table in CustomerRecord.Kind.Tables from column in sqlite.Query<string>("SELECT name FROM pragma_table_info(@Name) WHERE type = 'INT'", new { table.Name }) select $"{table.Name}.{column}"];

        Assert.That(numbers.Where(name => !counting.Any(name.EndsWith) && !StoredWords.Columns.ContainsKey(name)), Is.Empty);
        Assert.That(StoredWords.Columns.Keys, Is.SubsetOf(numbers));
    }
}
