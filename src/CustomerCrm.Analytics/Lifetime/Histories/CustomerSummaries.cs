namespace CustomerCrm.Analytics.Lifetime;

/// <summary>Customer summaries from purchase days.</summary>
public static class CustomerSummaries
{
    public const double DaysPerWeek = 7;

    /// <summary>One summary a customer, in the order of <paramref name="purchases"/>, as of its last day.</summary>
    public static CustomerSummary[] Of(PurchaseDays purchases)
    {
        var summaries = new CustomerSummary[purchases.Customers];
        for (var i = 0; i < summaries.Length; i++)
        {
            var days = purchases.DaysOf(i);
            var repeats = purchases.AmountsOf(i)[1..];
            var spend = 0.0;
            foreach (var amount in repeats) spend += amount;
            summaries[i] = new CustomerSummary(
                purchases.CustomerAt(i),
                repeats.Length,
                (days[^1] - days[0]) / DaysPerWeek,
                (purchases.Through.DayNumber - days[0]) / DaysPerWeek,
                repeats.IsEmpty ? 0 : spend / repeats.Length);
        }

        return summaries;
    }
}
