namespace CustomerCrm.Analytics.Rfm;

/// <summary>
/// Recency, frequency and monetary quintiles (A. M. Hughes 1994, "Strategic Database Marketing") and the group of each customer.
/// </summary>
public static class RfmScoring
{
    /// <summary>With fewer customers a fifth of them is nobody.</summary>
    public const int FewestCustomers = 5;

    /// <summary>One score a customer, in the order of <paramref name="purchases"/>, as of its last day.</summary>
    public static RfmTable Of(PurchaseDays purchases)
    {
        var n = purchases.Customers;
        double[] recency = new double[n], frequency = new double[n], monetary = new double[n];
        for (var i = 0; i < n; i++)
        {
            var days = purchases.DaysOf(i);
            recency[i] = days[^1] - purchases.Through.DayNumber;
            frequency[i] = days.Length;
            foreach (var amount in purchases.AmountsOf(i)) monetary[i] += amount;
        }

        var (r, f, m) = (Quintiles.Of(recency), Quintiles.Of(frequency), Quintiles.Of(monetary));
        return new RfmTable
        {
            AsOf = purchases.Through,
            Scores = [.. Enumerable.Range(0, n).Select(i => new RfmScore
            {
                Customer = purchases.CustomerAt(i),
                DaysSinceLast = (int)-recency[i],
                PurchaseDays = (int)frequency[i],
                Spend = monetary[i],
                Recency = r[i],
                Frequency = f[i],
                Monetary = m[i],
                Group = RfmGroups.Of(r[i], f[i], m[i]),
            })],
            Sufficiency = n < FewestCustomers
                ? Sufficiency.Lacks("too_few_customers", $"Quintiles of fewer than {FewestCustomers} customers say little.")
                : Sufficiency.Enough,
        };
    }
}
