using System.Globalization;
using CustomerCrm.Benchmarks.Http;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Scale;

/// <summary>
/// A tenant with a million customers and ten million orders over five years, most of them by few, written straight into the file. The
/// indexes of the orders are made afterwards: in order of their keys that takes minutes less.
/// </summary>
internal static class BigShop
{
    public const int Customers = 1_000_000, OrdersOfEach = 10;
    private const int Days = 5 * 365;

    public static void Fill(string file, int tenantId, DateTime now)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        connection.Execute("PRAGMA cache_size = -400000; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;");
        var tenant = tenantId.ToString(CultureInfo.InvariantCulture);
        var indexes = connection.Query<(string Name, string Sql)>("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('Orders', 'Customers', 'Identities') AND sql IS NOT NULL").AsList();
        foreach (var (name, _) in indexes) connection.Execute($"DROP INDEX {name}");

        // A customer's orders: half of them in the last year for one in ten, spread evenly for the rest; 10 to 300 in money.
        connection.Execute($"""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Customers * OrdersOfEach - 1})
            INSERT INTO Orders (TenantId, Id, CustomerId, OrderNumber, PlacedAt, Currency, LinesMinor, DiscountMinor, TaxMinor, IsTaxIncluded, ShippingMinor, RefundedMinor, RefundedGoodsMinor,
                SpendMinor, SpendTenantMinor, SpendKey, PaymentStatus, FulfillmentStatus, IsCounted, Revision, CreatedAt, UpdatedAt)
            SELECT {tenant}, CAST(unhex(printf('0198000000007000%016x', i)) AS BLOB), {IdOf("i / 10")}, 'O-' || i, at, 'EUR', spend, 0, 0, 1, 0, 0, 0, spend, spend, spend, 3, 5, 1, 1, at, at
            FROM (SELECT i, 1000 + (i * 7919) % 29000 AS spend,
                    strftime('%Y-%m-%d %H:%M:%S', @now, '-' || (CASE WHEN (i / 10) % 10 = 0 AND i % 2 = 0 THEN (i * 104729) % 365 ELSE (i * 104729) % {Days} END) || ' days', '-' || (i % 1440) || ' minutes') AS at
                  FROM n)
            """, new { now }, commandTimeout: 0);
        foreach (var (_, sql) in indexes) connection.Execute(sql, commandTimeout: 0);
        connection.Execute($"""
            INSERT INTO CustomerFigures (TenantId, CustomerId, OrderCount, SpendMinor, LeftOutCount, FirstOrderAt, LastOrderAt)
            SELECT TenantId, CustomerId, COUNT(*), SUM(SpendTenantMinor), 0, MIN(PlacedAt), MAX(PlacedAt)
            FROM Orders
            WHERE TenantId = {tenant} AND IsCounted = 1
            GROUP BY TenantId, CustomerId
            """, commandTimeout: 0);
        connection.Execute("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);", commandTimeout: 0);
    }

    /// <summary>As <see cref="Shop.IdOf"/> numbers them.</summary>
    private static string IdOf(string number) => $"CAST(unhex(printf('0198000000007000%02x000000%08x', 128, {number})) AS BLOB)";
}
