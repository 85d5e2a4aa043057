namespace CustomerCrm.Analytics.Lifetime;

/// <summary>The discounted value of a customer's coming months.</summary>
public static class LifetimeValue
{
    /// <summary>
    /// Σ over months m of (CET(m·w) - CET((m-1)·w)) · E[M] / (1+d)^m, with w = 4.345 weeks: expected purchases of each month
    /// times expected spend, discounted to the end of the observation (Fader, Hardie and Lee 2005, "RFM and CLV", as a sum).
    /// In the unit of <paramref name="expectedSpend"/>.
    /// </summary>
    public static double Of(PurchaseModel model, in CustomerSummary customer, double expectedSpend, ForecastTerms terms) =>
        DiscountedPurchases(model, customer, terms).Discounted * expectedSpend;

    /// <summary>The purchases expected within the terms, plain and each month's discounted.</summary>
    internal static (double Plain, double Discounted) DiscountedPurchases(PurchaseModel model, in CustomerSummary customer, ForecastTerms terms)
    {
        var history = History.Of(customer);
        double before = 0, discounted = 0, factor = 1;
        for (var month = 1; month <= terms.Months; month++)
        {
            var expected = model.ExpectedPurchasesIfAlive(history, History.Weeks(month * ForecastTerms.WeeksPerMonth));
            factor /= 1 + terms.MonthlyDiscount;
            discounted += (expected - before) * factor;
            before = expected;
        }

        var alive = model.ProbabilityAlive(history);
        return (alive * before, alive * discounted);
    }
}
