namespace CustomerCrm.Analytics.Lifetime;

/// <summary>A customer first seen before the holdout, and what he bought in it.</summary>
internal readonly record struct HoldoutCustomer(CustomerSummary Before, int Purchases, double Spend)
{
    public static HoldoutCustomer[] Of(PurchaseDays purchases, DateOnly calibrationEnd)
    {
        var summaries = CustomerSummaries.Of(purchases, calibrationEnd);
        var customers = new HoldoutCustomer[summaries.Length];
        var next = 0;
        for (var i = 0; i < purchases.Customers; i++)
        {
            var days = purchases.DaysOf(i);
            if (days[0] > calibrationEnd.DayNumber) continue;

            var before = 0;
            while (before < days.Length && days[before] <= calibrationEnd.DayNumber) before++;
            var spend = 0.0;
            foreach (var amount in purchases.AmountsOf(i)[before..]) spend += amount;
            customers[next] = new HoldoutCustomer(summaries[next], days.Length - before, spend);
            next++;
        }

        return customers;
    }
}
