using System.Runtime.InteropServices;
using CustomerCrm.Analytics;
using CustomerCrm.Customers;
using CustomerCrm.Money;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Insights.Purchases;

/// <summary>
/// The tenant's counting orders as purchases of the mathematics: days of the tenant's calendar, amounts in whole units of its
/// currency. One statement that an index answers in the order that is needed, row by row. It sees orders
/// as they are now: what was cancelled or paid back after the day that is asked for is gone from that day too.
/// </summary>
internal sealed class PurchaseReader(TenantDb db, CurrentSettings settings)
{
    /// <summary>For figures of who buys and when: orders count whatever their currency, and amounts are 0.</summary>
    public async Task<PurchaseHistory> ReadVisitsAsync(DateOnly asOf, CancellationToken ct)
    {
        var calendar = (await settings.GetAsync(ct)).Calendar;
        return await CollectAsync(db.StreamAsync<Visit>(Visits, new { Before = calendar.StartOf(asOf.AddDays(1)) }, ct)
            .Select(visit => (visit.CustomerId, visit.PlacedAt, SpendMinor: (long?)0)), calendar, 0, asOf);
    }

    /// <summary>For figures of money: an order whose spend cannot be said in the tenant's currency is left out, and counted.</summary>
    public async Task<PurchaseHistory> ReadAsync(DateOnly asOf, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        return await CollectAsync(db.StreamAsync<Spent>(Spends, new { Before = tenant.Calendar.StartOf(asOf.AddDays(1)) }, ct)
            .Select(spent => (spent.CustomerId, spent.PlacedAt, spent.SpendMinor)), tenant.Calendar, Currencies.MinorDigits(tenant.Currency), asOf);
    }

    /// <summary>The same of some customers only.</summary>
    public async Task<PurchaseHistory> ReadAsync(IReadOnlyCollection<Id<Customer>> customers, DateOnly asOf, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        var sql = SpendsBefore.And(Condition.In("o.CustomerId", customers.Select(id => (object?)id.ToBytes()))).Then("ORDER BY o.CustomerId, o.PlacedAt");
        return await CollectAsync(db.StreamAsync<Spent>(sql, new { Before = tenant.Calendar.StartOf(asOf.AddDays(1)) }, ct)
            .Select(spent => (spent.CustomerId, spent.PlacedAt, spent.SpendMinor)), tenant.Calendar, Currencies.MinorDigits(tenant.Currency), asOf);
    }

    // A customer's orders of one day become one purchase here already: what is kept grows with customer-days, not with orders.
    private static async Task<PurchaseHistory> CollectAsync(
        IAsyncEnumerable<(Id<Customer> Customer, DateTimeOffset PlacedAt, long? SpendMinor)> orders, TenantCalendar calendar, int minorDigits, DateOnly asOf)
    {
        var unit = Math.Pow(10, minorDigits);
        var customers = new List<Id<Customer>>();
        var purchases = new List<Purchase>();
        int counted = 0, leftOut = 0;
        await foreach (var (customer, placedAt, spend) in orders)
        {
            if (spend is not { } minor)
            {
                leftOut++;
                continue;
            }

            counted++;
            var isNew = customers.Count == 0 || customers[^1] != customer;
            if (isNew) customers.Add(customer);
            var day = calendar.DayOf(placedAt);
            if (!isNew && purchases[^1].Day == day) purchases[^1] = purchases[^1] with { Amount = purchases[^1].Amount + minor / unit };
            else purchases.Add(new Purchase(customers.Count - 1, day, minor / unit));
        }

        return new PurchaseHistory(PurchaseDays.From(CollectionsMarshal.AsSpan(purchases), asOf), customers, counted, leftOut);
    }

    private sealed record Visit
    {
        public required Id<Customer> CustomerId { get; init; }
        public required DateTimeOffset PlacedAt { get; init; }
    }

    private sealed record Spent
    {
        public required Id<Customer> CustomerId { get; init; }
        public required DateTimeOffset PlacedAt { get; init; }
        public required long? SpendMinor { get; init; }
    }

    private static readonly TenantSql Visits = TenantSql.Of("""
        SELECT o.CustomerId, o.PlacedAt
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.IsCounted = 1
          AND o.PlacedAt < @Before
        ORDER BY o.CustomerId, o.PlacedAt
        """);

    private static readonly TenantSql SpendsBefore = TenantSql.Of("""
        SELECT o.CustomerId, o.PlacedAt, o.SpendTenantMinor AS SpendMinor
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.IsCounted = 1
          AND o.PlacedAt < @Before
        """);

    private static readonly TenantSql Spends = SpendsBefore.Then("ORDER BY o.CustomerId, o.PlacedAt");
}
