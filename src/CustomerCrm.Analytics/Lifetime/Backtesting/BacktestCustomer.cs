namespace CustomerCrm.Analytics.Lifetime;

/// <summary>A customer first seen by the day the models are fitted to: what was known then, and what happened afterwards.</summary>
/// <param name="Before">As the models see it.</param>
/// <param name="MeanAmount">Of all purchase days known then, the first one included.</param>
/// <param name="LastPurchases">Purchase days in the last period before, as long as the time that is foretold.</param>
/// <param name="LastSpend">What was spent on them.</param>
/// <param name="Purchases">Purchase days afterwards.</param>
/// <param name="Spend">What was spent on them.</param>
internal readonly record struct BacktestCustomer(CustomerSummary Before, double MeanAmount, int LastPurchases, double LastSpend, int Purchases, double Spend)
{
    /// <summary>In the order of <paramref name="purchases"/>.</summary>
    public static BacktestCustomer[] Of(PurchaseDays purchases, DateOnly fitTo)
    {
        var summaries = CustomerSummaries.Of(purchases, fitTo);
        var customers = new BacktestCustomer[summaries.Length];
        var lastFrom = fitTo.DayNumber - (purchases.Through.DayNumber - fitTo.DayNumber);
        var next = 0;
        for (var i = 0; i < purchases.Customers; i++)
        {
            var days = purchases.DaysOf(i);
            var amounts = purchases.AmountsOf(i);
            if (days[0] > fitTo.DayNumber) continue;

            int before = 0, last = 0;
            double known = 0, lastSpend = 0, spend = 0;
            for (var k = 0; k < days.Length; k++)
            {
                if (days[k] > fitTo.DayNumber)
                {
                    spend += amounts[k];
                    continue;
                }
                before++;
                known += amounts[k];
                if (days[k] <= lastFrom) continue;
                last++;
                lastSpend += amounts[k];
            }
            customers[next] = new BacktestCustomer(summaries[next], known / before, last, lastSpend, days.Length - before, spend);
            next++;
        }

        return customers;
    }
}
