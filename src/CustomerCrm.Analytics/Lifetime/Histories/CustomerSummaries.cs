namespace CustomerCrm.Analytics.Lifetime;

/// <summary>Customer summaries from purchase days, in one pass.</summary>
public static class CustomerSummaries
{
    public const double DaysPerWeek = 7;

    /// <summary>One summary a customer, in the order of <paramref name="purchases"/>, as of its last day.</summary>
    public static CustomerSummary[] Of(PurchaseDays purchases) => Of(purchases, purchases.Through);

    /// <summary>As of an earlier day: later purchases, and customers who have only later ones, are left out.</summary>
    public static CustomerSummary[] Of(PurchaseDays purchases, DateOnly asOf)
    {
        var summaries = new List<CustomerSummary>(purchases.Customers);
        for (var i = 0; i < purchases.Customers; i++)
        {
            var days = purchases.DaysOf(i);
            if (days[0] > asOf.DayNumber) continue;

            var amounts = purchases.AmountsOf(i);
            var last = 0;
            var spend = 0.0;
            while (last + 1 < days.Length && days[last + 1] <= asOf.DayNumber) spend += amounts[++last];
            summaries.Add(new CustomerSummary(
                purchases.CustomerAt(i),
                last,
                (days[last] - days[0]) / DaysPerWeek,
                (asOf.DayNumber - days[0]) / DaysPerWeek,
                last == 0 ? 0 : spend / last));
        }

        return [.. summaries];
    }
}
