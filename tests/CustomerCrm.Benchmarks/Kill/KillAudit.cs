using CustomerCrm.Platform.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Kill;

/// <summary>Counts in the file itself, when nothing runs, what was lost and what is there twice.</summary>
internal sealed class KillAudit(string file)
{
    public void Report(Results results, KilledWork caught, IReadOnlyList<KillWriter> writers, List<string> imports, List<string> exports, int importedRows)
    {
        results.Add("kills, while clients write", $"{caught.DuringImport} during an import, {caught.DuringJobs} during jobs ({string.Join(", ", caught.Kinds)})", "20", "", null);
        results.Add("requests that a client repeated after a kill", "answered with what had been done", writers.Sum(w => w.Replayed).ToString(System.Globalization.CultureInfo.InvariantCulture), "", null);
        using var connection = Open();
        Count(results, "rows of acknowledged imports", imports.Count * importedRows, Math.Max(0, imports.Count * importedRows - Scalar(connection, "SELECT COUNT(DISTINCT c.Name) FROM Customers c WHERE c.Name LIKE 'i%'")),
            Scalar(connection, "SELECT COUNT(*) - COUNT(DISTINCT Name) FROM Customers WHERE Name LIKE 'i%'"));
        Count(results, "imports finished", imports.Count, imports.Count - Scalar(connection, "SELECT COUNT(*) FROM Imports WHERE Status = 5"), 0);
        Count(results, "exports finished", exports.Count, Math.Max(0, exports.Count - Scalar(connection, "SELECT COUNT(*) FROM Exports WHERE Status = 3")), 0);
        ReportWrites(results, writers);
    }

    /// <summary>What the writers were told is there, and what followed from it by itself.</summary>
    /// <param name="results">Gets the rows.</param>
    /// <param name="writers">Those who wrote.</param>
    /// <param name="when">Goes behind each row's name.</param>
    public void ReportWrites(Results results, IReadOnlyList<KillWriter> writers, string when = "")
    {
        using var connection = Open();
        var customers = writers.SelectMany(w => w.Customers).ToArray();
        var orders = writers.SelectMany(w => w.Orders).ToArray();
        var stored = Ids(connection, "SELECT Id FROM Customers WHERE Name LIKE 'w%'");
        Count(results, $"customers{when}", customers.Length, Missing(customers.Select(c => Id<Customers.Customer>.Parse(c.Value).Value), stored),
            Scalar(connection, "SELECT COUNT(*) - COUNT(DISTINCT Name) FROM Customers WHERE Name LIKE 'w%'") + Math.Max(0, stored.Count - customers.Length));
        stored = Ids(connection, "SELECT Id FROM Orders");
        Count(results, $"orders{when}", orders.Length, Missing(orders.Select(o => Id<Orders.Order>.Parse(o).Value), stored),
            Scalar(connection, "SELECT COUNT(*) - COUNT(DISTINCT CustomerId) FROM Orders") + Math.Max(0, stored.Count - orders.Length));
        Count(results, $"customer.created events{when}", customers.Length,
            Scalar(connection, "SELECT COUNT(*) FROM Customers c WHERE c.Name LIKE 'w%' AND NOT EXISTS (SELECT 1 FROM Events e WHERE e.TenantId = c.TenantId AND e.CustomerId = c.Id AND e.Type = 'customer.created')"),
            Scalar(connection, "SELECT COUNT(*) - COUNT(DISTINCT CustomerId) FROM Events WHERE Type = 'customer.created'"));
        var (counted, summed) = (Scalar(connection, "SELECT COUNT(*) FROM OrderLines WHERE Sku = 'TEA'"), Scalar(connection, "SELECT COALESCE(SUM(UnitsSold), 0) FROM Products"));
        Count(results, $"pieces in the product's figures, which jobs count{when}", counted, Math.Max(0, counted - summed), Math.Max(0, summed - counted));
        results.Add($"jobs set aside as dead, events unread by a consumer{when}", "", $"{Scalar(connection, "SELECT COUNT(*) FROM Jobs WHERE State = 2")}, {Scalar(connection, Unread)}", "0, 0",
            Scalar(connection, "SELECT COUNT(*) FROM Jobs WHERE State = 2") == 0 && Scalar(connection, Unread) == 0);
    }

    /// <summary>Tables with something of that tenant, but the map of who lives where.</summary>
    public IReadOnlyList<string> TablesWith(int tenantId)
    {
        using var connection = Open();
        var tables = connection.Query<string>("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'TenantId' WHERE m.type = 'table' AND m.name <> 'TenantPlaces'").AsList();
#pragma warning disable CA2100 // Names of the schema.
        return [.. tables.Where(table => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {table} WHERE TenantId = {tenantId}") > 0)];
#pragma warning restore CA2100
    }

    /// <summary>Whether the file is whole and every row points to one that is there.</summary>
    public bool IsSound()
    {
        using var connection = Open();
        return !connection.Query("PRAGMA foreign_key_check").Any() && connection.ExecuteScalar<string>("PRAGMA integrity_check") == "ok";
    }

    private SqliteConnection Open() => new($"Data Source={file};Pooling=False");

    private static void Count(Results results, string what, long acknowledged, long lost, long doubled) =>
        results.Add(what, $"{acknowledged:N0} acknowledged", $"{lost} lost, {doubled} doubled", "0 lost, 0 doubled", lost == 0 && doubled == 0);

    private static long Missing(IEnumerable<Guid> acknowledged, HashSet<Guid> stored) => acknowledged.LongCount(id => !stored.Contains(id));

#pragma warning disable CA2100 // Constants of this file.
    private static HashSet<Guid> Ids(SqliteConnection connection, string sql) => [.. connection.Query<byte[]>(sql).Select(id => new Guid(id, bigEndian: true))];

    private static long Scalar(SqliteConnection connection, string sql) => connection.ExecuteScalar<long>(sql);
#pragma warning restore CA2100

    private const string Unread = """
        SELECT COUNT(*)
        FROM EventHeads h
        JOIN EventConsumers c ON c.TenantId = h.TenantId AND c.LastSeq < h.LastSeq
        """;
}
