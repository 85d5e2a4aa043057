using System.Globalization;
using System.Text;
using CustomerCrm.Benchmarks.Http;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Scale;

/// <summary>What a customer's orders come to.</summary>
internal readonly record struct Figures(int Count, long Spend, int FirstMinute, int LastMinute);

/// <summary>
/// Ten orders for each customer on average, and two, six, ten, twenty or fifty-two for one of them, spread evenly over five years; 10 to 300 in money.
/// Each is in the file where its time puts it, as if it had come then. Those of the last year have a line.
/// </summary>
internal sealed class ManyOrders(SqliteConnection connection, int tenantId, int customers, DateTime now)
{
    public const int OfEach = 10;

    private static readonly int[] orders = [2, 2, 2, 2, 2, 2, 6, 6, 6, 6, 6, 6, 10, 10, 10, 10, 20, 20, 20, 52];

    public static int Of(int customer) => orders[customer % orders.Length];

    public Figures[] Fill()
    {
        var figures = new Figures[customers];
        var (clock, random) = (new MinuteClock(now), new Random(11));
        var tenant = tenantId.ToString(CultureInfo.InvariantCulture);
        using var order = new RawInsert(connection, $"""
            INSERT INTO Orders (TenantId, Id, CustomerId, OrderNumber, PlacedAt, Currency, LinesMinor, DiscountMinor, TaxMinor, IsTaxIncluded, ShippingMinor, RefundedMinor, RefundedGoodsMinor,
                SpendMinor, SpendTenantMinor, SpendKey, PaymentStatus, FulfillmentStatus, IsCounted, Revision, CreatedAt, UpdatedAt)
            VALUES ({tenant}, ?1, ?2, ?3, ?4, 'EUR', ?5, 0, 0, 1, 0, 0, 0, ?5, ?5, ?5, 3, 5, 1, 1, ?4, ?4)
            """);
        using var line = new RawInsert(connection, $"INSERT INTO OrderLines (TenantId, OrderId, Position, Sku, Name, Quantity, UnitPriceMinor, DiscountMinor) VALUES ({tenant}, ?1, 1, 'CH-1', 'Chair', 1, ?2, 0)");
        connection.Execute("BEGIN TRANSACTION");
        foreach (var (n, at) in InTime(random).Index())
        {
            var (minute, customer) = ((int)(at >> 32), (int)at);
            var spend = random.Next(1000, 30_000);
            var id = Shop.IdOf(n);
            order.With(id).With(Shop.IdOf(customer)).WithText(Number(n)).WithText(clock.At(minute)).With(spend).Run();
            if (minute > BigShop.MinutesOfFiveYears - 365 * 24 * 60) line.With(id).With(spend).Run();
            var known = figures[customer];
            figures[customer] = new Figures(known.Count + 1, known.Spend + spend, known.Count == 0 ? minute : known.FirstMinute, minute);
        }
        connection.Execute("COMMIT TRANSACTION");
        return figures;
    }

    // The minute in the upper half, the customer in the lower.
    private long[] InTime(Random random)
    {
        var all = new long[Enumerable.Range(0, customers).Sum(Of)];
        var at = 0;
        for (var customer = 0; customer < customers; customer++)
            for (var i = 0; i < Of(customer); i++) all[at++] = ((long)random.Next(BigShop.MinutesOfFiveYears) << 32) | (uint)customer;
        Array.Sort(all);
        return all;
    }

    private static byte[] Number(int n) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"O-{n}"));
}

/// <summary>Times of the last five years as the file has them, counted in minutes, without formatting each.</summary>
internal sealed class MinuteClock(DateTime now)
{
    private readonly byte[][] days = [.. Enumerable.Range(0, 5 * 365 + 1).Select(day => Encoding.ASCII.GetBytes(now.Date.AddDays(day - 5 * 365).ToString("yyyy-MM-dd ", CultureInfo.InvariantCulture)))];
    private readonly byte[][] minutes = [.. Enumerable.Range(0, 24 * 60).Select(minute => Encoding.ASCII.GetBytes(TimeSpan.FromMinutes(minute).ToString("hh\\:mm", CultureInfo.InvariantCulture) + ":00"))];
    private readonly byte[] text = new byte[19];

    /// <returns>Until the next call.</returns>
    public ReadOnlySpan<byte> At(int minute)
    {
        days[minute / (24 * 60)].CopyTo(text, 0);
        minutes[minute % (24 * 60)].CopyTo(text, 11);
        return text;
    }
}
