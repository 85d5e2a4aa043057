using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Scale;

/// <summary>
/// A tenant of many customers and ten times as many orders over five years, most of them by few, written straight into the file in the
/// order in which they would have come. Indexes are made afterwards, in order of their keys. The statistics are what the product
/// has itself: none.
/// </summary>
internal sealed class BigShop(string file, int tenantId, int customers, DateTime now)
{
    public static readonly int MinutesOfFiveYears = 5 * 365 * 24 * 60;
    private readonly Stopwatch watch = Stopwatch.StartNew();

    public void Fill()
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        // The file is thrown away if this fails. The product puts its own mode back when it starts.
        connection.Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -800000; PRAGMA threads = 2;");
        var indexes = connection.Query<(string Name, string Sql)>("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('Orders', 'OrderLines', 'Customers', 'Identities', 'CustomerWords', 'CustomerTags', 'SearchDocuments')").AsList();
        foreach (var (name, _) in indexes) connection.Execute($"DROP INDEX {name}");

        var figures = new ManyOrders(connection, tenantId, customers, now).Fill();
        Say($"{customers * ManyOrders.OfEach:#,0} orders");
        connection.Execute("BEGIN TRANSACTION");
        new ManyCustomers(connection, tenantId, customers, now).Fill(figures);
        connection.Execute("COMMIT TRANSACTION");
        Say($"{customers:#,0} customers");
        foreach (var (name, sql) in indexes)
        {
            connection.Execute(sql, commandTimeout: 0);
            Say(name);
        }
    }

    private void Say(string what) => Console.Error.WriteLine($"{watch.Elapsed:mm\\:ss} {what}");
}
