namespace CustomerCrm.Analytics.Retention;

/// <summary>Who comes back, and who has stopped coming.</summary>
public static class RepeatRates
{
    /// <summary>Customers with purchases on at least two days, of all.</summary>
    public static Rate RepeatPurchase(PurchaseDays purchases)
    {
        var repeated = 0;
        for (var i = 0; i < purchases.Customers; i++)
            if (purchases.DaysOf(i).Length > 1) repeated++;
        return Rate.Of(repeated, purchases.Customers);
    }

    /// <summary>Customers whose second day came at most so many days after the first, of those observed that long.</summary>
    public static Rate RepeatWithin(PurchaseDays purchases, int days) =>
        Count(purchases, days, bought => bought.Length > 1 && bought[1] - bought[0] <= days);

    /// <summary>Customers whose last purchase is at least so many days ago, of those whose first one is.</summary>
    public static Rate Churned(PurchaseDays purchases, int days) =>
        Count(purchases, days, bought => purchases.Through.DayNumber - bought[^1] >= days);

    private static Rate Count(PurchaseDays purchases, int days, Func<ReadOnlySpan<int>, bool> counts)
    {
        int eligible = 0, counted = 0;
        for (var i = 0; i < purchases.Customers; i++)
        {
            var bought = purchases.DaysOf(i);
            if (purchases.Through.DayNumber - bought[0] < days) continue;
            eligible++;
            if (counts(bought)) counted++;
        }

        return Rate.Of(counted, eligible);
    }
}
