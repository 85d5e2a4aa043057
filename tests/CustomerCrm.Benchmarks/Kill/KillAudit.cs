using CustomerCrm.Platform.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Kill;

/// <summary>Counts in the file itself, when nothing runs, what was lost and what is there twice.</summary>
internal sealed class KillAudit(string file, Results results)
{
    public void Report(KilledWork caught, int replayed, IReadOnlyList<KillWriter> writers, IReadOnlyList<KillDesk> desks, List<string> imports, List<string> exports, int importedRows)
    {
        results.Add("kills, while clients write", $"{caught.DuringImport} during an import, {caught.DuringJobs} during jobs ({string.Join(", ", caught.Kinds)})", "20", "", null);
        results.Add("requests that a client repeated after a kill", "answered with what had been done", replayed.ToString(System.Globalization.CultureInfo.InvariantCulture), "", null);

        using (var connection = Open())
        {
            Count("rows of acknowledged imports", imports.Count * importedRows, Math.Max(0, imports.Count * importedRows - Scalar(connection, "SELECT COUNT(DISTINCT c.Name) FROM Customers c WHERE c.Name LIKE 'i%'")),
                Scalar(connection, "SELECT COUNT(*) - COUNT(DISTINCT Name) FROM Customers WHERE Name LIKE 'i%'"));
            Count("imports finished", imports.Count, imports.Count - Scalar(connection, "SELECT COUNT(*) FROM Imports WHERE Status = 5"), 0);
            Count("exports finished", exports.Count, Math.Max(0, exports.Count - Scalar(connection, "SELECT COUNT(*) FROM Exports WHERE Status = 3")), 0);
        }
        ReportClients(writers, desks);
    }

    /// <summary>What the clients were told is there, and what followed from it by itself.</summary>
    /// <param name="writers">Storefronts.</param>
    /// <param name="desks">Help desks.</param>
    /// <param name="when">Goes behind each row's name.</param>
    public void ReportClients(IReadOnlyList<KillWriter> writers, IReadOnlyList<KillDesk> desks, string when = "")
    {
        using var connection = Open();
        var customers = writers.SelectMany(w => w.Customers).ToArray();
        var orders = writers.SelectMany(w => w.Orders).ToArray();
        var stored = Ids(connection, "SELECT Id FROM Customers WHERE Name LIKE 'w%'");
        Count($"customers{when}", customers.Length, Missing(customers.Select(c => Id<Customers.Customer>.Parse(c.Value).Value), stored),
            Scalar(connection, "SELECT COUNT(*) - COUNT(DISTINCT Name) FROM Customers WHERE Name LIKE 'w%'") + Math.Max(0, stored.Count - customers.Length));
        stored = Ids(connection, "SELECT Id FROM Orders");
        Count($"orders{when}", orders.Length, Missing(orders.Select(o => Id<Orders.Order>.Parse(o).Value), stored),
            Scalar(connection, "SELECT COUNT(*) - COUNT(DISTINCT CustomerId) FROM Orders") + Math.Max(0, stored.Count - orders.Length));
        Count($"customer.created events{when}", customers.Length,
            Scalar(connection, "SELECT COUNT(*) FROM Customers c WHERE c.Name LIKE 'w%' AND (c.TenantId, c.Id) NOT IN (SELECT e.TenantId, e.CustomerId FROM Events e WHERE e.Type = 'customer.created' AND e.CustomerId IS NOT NULL)"),
            Scalar(connection, "SELECT COUNT(*) - COUNT(DISTINCT CustomerId) FROM Events WHERE Type = 'customer.created'"));
        var (counted, summed) = (Scalar(connection, "SELECT COUNT(*) FROM OrderLines WHERE Sku = 'TEA'"), Scalar(connection, "SELECT UnitsSold FROM Products"));
        Count($"pieces in the product's figures, which jobs count{when}", counted, Math.Max(0, counted - summed), Math.Max(0, summed - counted));
        ReportTickets(connection, desks, when);
        var (dead, unread) = (Scalar(connection, "SELECT COUNT(*) FROM Jobs WHERE State = 2"), KilledWork.UnreadEvents(file));
        results.Add($"jobs set aside as dead, events unread by a consumer{when}", "", $"{dead}, {unread}", "0, 0", dead == 0 && unread == 0);
    }

    private void ReportTickets(SqliteConnection connection, IReadOnlyList<KillDesk> desks, string when)
    {
        var (tickets, answers, solved) = (desks.SelectMany(d => d.Tickets).ToArray(), desks.SelectMany(d => d.Answers).ToArray(), desks.Sum(d => d.Solved));
        var stored = Ids(connection, "SELECT Id FROM Tickets");
        Count($"tickets{when}", tickets.Length, Missing(tickets.Select(t => Id<CustomerCrm.Tickets.Ticket>.Parse(t).Value), stored),
            Scalar(connection, "SELECT COUNT(*) - COUNT(DISTINCT Subject) FROM Tickets") + Math.Max(0, stored.Count - tickets.Length));
        stored = Ids(connection, "SELECT Id FROM ConversationEntries WHERE Kind = 1 AND Author = 2");
        Count($"answers to customers{when}", answers.Length, Missing(answers.Select(a => Id<Conversations.ConversationEntry>.Parse(a).Value), stored),
            Scalar(connection, "SELECT COUNT(*) - COUNT(DISTINCT ConversationId) FROM ConversationEntries WHERE Kind = 1 AND Author = 2") + Math.Max(0, stored.Count - answers.Length));
        Count($"tickets solved{when}", solved, Math.Max(0, solved - Scalar(connection, "SELECT COUNT(*) FROM Tickets WHERE Category = 5")),
            Scalar(connection, "SELECT COUNT(*) - COUNT(DISTINCT CustomerId) FROM Events WHERE Type = 'ticket.solved'"));
        Count($"promises of a first answer, kept{when}", tickets.Length, tickets.Length - Scalar(connection, "SELECT COUNT(*) FROM SlaClocks WHERE Promise = 1 AND State = 3"),
            Scalar(connection, "SELECT COUNT(*) FROM (SELECT 1 FROM SlaEntries WHERE Step IN (1, 4) GROUP BY TicketId, Promise, Cycle, Step HAVING COUNT(*) > 1)"));
        Count($"tickets given to their queue{when}", tickets.Length, Scalar(connection, "SELECT COUNT(*) FROM Tickets WHERE TeamId IS NULL"), 0);
        Count($"answers in the figures of the service, which jobs count{when}", answers.Length, Math.Max(0, answers.Length - Scalar(connection, "SELECT COUNT(*) FROM ServiceReplies")), Math.Max(0, Scalar(connection, "SELECT COUNT(*) FROM ServiceReplies") - answers.Length));
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

    private void Count(string what, long acknowledged, long lost, long doubled) =>
        results.Add(what, $"{acknowledged:N0} acknowledged", $"{lost} lost, {doubled} doubled", "0 lost, 0 doubled", lost == 0 && doubled == 0);

    private static long Missing(IEnumerable<Guid> acknowledged, HashSet<Guid> stored) => acknowledged.LongCount(id => !stored.Contains(id));

#pragma warning disable CA2100 // Constants of this file.
    private static HashSet<Guid> Ids(SqliteConnection connection, string sql) => [.. connection.Query<byte[]>(sql).Select(id => new Guid(id, bigEndian: true))];

    private static long Scalar(SqliteConnection connection, string sql) => connection.ExecuteScalar<long>(sql);
#pragma warning restore CA2100
}
