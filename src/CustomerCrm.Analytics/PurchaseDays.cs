using System.Runtime.InteropServices;

namespace CustomerCrm.Analytics;

/// <summary>
/// The purchases of all customers up to and including one day, merged so that a customer has at most one purchase a day (whose
/// amount is the day's sum) as the counting models and the retention figures assume. Made in one pass over sorted input.
/// </summary>
public sealed class PurchaseDays
{
    private readonly int[] customers;
    private readonly int[] firsts;
    private readonly int[] days;
    private readonly double[] amounts;

    private PurchaseDays(DateOnly through, int[] customers, int[] firsts, int[] days, double[] amounts) =>
        (Through, this.customers, this.firsts, this.days, this.amounts) = (through, customers, firsts, days, amounts);

    /// <summary>The last day that is looked at.</summary>
    public DateOnly Through { get; }

    /// <summary>The first day with a purchase; null when there is none.</summary>
    public DateOnly? First { get; private init; }

    public int Customers => customers.Length;

    /// <summary>How many customer-days with a purchase there are.</summary>
    public int Count => days.Length;

    /// <param name="purchases">In any order; sorted by customer and day needs no further work.</param>
    /// <param name="through">Later purchases are ignored, and so are customers who have only later ones.</param>
    public static PurchaseDays From(ReadOnlySpan<Purchase> purchases, DateOnly through)
    {
        if (!IsSorted(purchases))
        {
            var copy = purchases.ToArray();
            Array.Sort(copy, (a, b) => (a.Customer, a.Day).CompareTo((b.Customer, b.Day)));
            purchases = copy;
        }

        var customers = new List<int>();
        var firsts = new List<int>();
        var days = new List<int>(purchases.Length);
        var amounts = new List<double>(purchases.Length);
        foreach (ref readonly var purchase in purchases)
        {
            if (purchase.Day > through) continue;

            var amount = double.IsFinite(purchase.Amount) ? purchase.Amount : 0;
            if (customers.Count == 0 || customers[^1] != purchase.Customer)
            {
                customers.Add(purchase.Customer);
                firsts.Add(days.Count);
            }
            else if (days[^1] == purchase.Day.DayNumber)
            {
                amounts[^1] += amount;
                continue;
            }

            days.Add(purchase.Day.DayNumber);
            amounts.Add(amount);
        }

        firsts.Add(days.Count);
        return new PurchaseDays(through, [.. customers], [.. firsts], [.. days], [.. amounts])
        {
            First = days.Count == 0 ? null : DateOnly.FromDayNumber(days.Min()),
        };
    }

    public int CustomerAt(int index) => customers[index];

    /// <summary>The day numbers (<see cref="DateOnly.DayNumber"/>) on which the customer bought, ascending, each once.</summary>
    public ReadOnlySpan<int> DaysOf(int index) => days.AsSpan(firsts[index]..firsts[index + 1]);

    /// <summary>The amounts of those days.</summary>
    public ReadOnlySpan<double> AmountsOf(int index) => amounts.AsSpan(firsts[index]..firsts[index + 1]);

    /// <summary>The same as of an earlier day: later purchases, and customers who have only later ones, are left out.</summary>
    public PurchaseDays Until(DateOnly day)
    {
        var kept = new List<Purchase>(days.Length);
        for (var i = 0; i < Customers; i++)
        {
            var bought = DaysOf(i);
            var spent = AmountsOf(i);
            for (var k = 0; k < bought.Length && bought[k] <= day.DayNumber; k++) kept.Add(new Purchase(customers[i], DateOnly.FromDayNumber(bought[k]), spent[k]));
        }

        return From(CollectionsMarshal.AsSpan(kept), day);
    }

    private static bool IsSorted(ReadOnlySpan<Purchase> purchases)
    {
        for (var i = 1; i < purchases.Length; i++)
        {
            ref readonly var a = ref purchases[i - 1];
            ref readonly var b = ref purchases[i];
            if (a.Customer > b.Customer || (a.Customer == b.Customer && a.Day > b.Day)) return false;
        }

        return true;
    }
}
