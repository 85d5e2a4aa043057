namespace CustomerCrm.Analytics.Lifetime;

/// <summary>Fits the models to the first part of the observation and scores them on the rest.</summary>
public static class Holdout
{
    /// <summary>More customers than this add nothing to the choice between models; every k-th is scored.</summary>
    public const int MostCustomers = 50_000;

    private const int LongestDays = 365;

    /// <summary>The end of calibration so that the last third of the time, but at most a year, is held out.</summary>
    public static DateOnly CalibrationEnd(PurchaseDays purchases)
    {
        var first = (purchases.First ?? purchases.Through).DayNumber;
        return purchases.Through.AddDays(-Math.Min(LongestDays, (purchases.Through.DayNumber - first) / 3));
    }

    /// <param name="purchases">Up to the end of the holdout.</param>
    /// <param name="calibrationEnd">The last day that the models see.</param>
    /// <param name="level">How probable the intervals should be.</param>
    public static HoldoutReport Run(PurchaseDays purchases, DateOnly calibrationEnd, double level = 0.8)
    {
        var all = HoldoutCustomer.Of(purchases, calibrationEnd);
        var summaries = Array.ConvertAll(all, customer => customer.Before);
        var fits = PurchaseModelFitting.FitAll(summaries);
        var spend = SpendFitting.Fit(summaries);

        var stride = (all.Length + MostCustomers - 1) / MostCustomers;
        var scored = stride <= 1 ? all : [.. all.Where((_, i) => i % stride == 0)];
        var weeks = (purchases.Through.DayNumber - calibrationEnd.DayNumber) / CustomerSummaries.DaysPerWeek;
        var models = weeks > 0 ? fits.Where(fit => fit.Model is not null).Select(fit => fit.Model!) : [];
        return new HoldoutReport
        {
            CalibrationEnd = calibrationEnd,
            HoldoutEnd = purchases.Through,
            Customers = scored.Length,
            Level = level,
            Scores = [.. models.Select(model => Score(model, spend.Model, scored, weeks, level))],
            Sufficiency = weeks <= 0
                ? Sufficiency.Lacks("no_holdout", "No time is left after the calibration to hold anything out.")
                : fits.Select(fit => fit.Sufficiency).FirstOrDefault(reason => !reason.IsSufficient) ?? Sufficiency.Enough,
        };
    }

    private static HoldoutScore Score(PurchaseModel model, GammaGamma? spend, HoldoutCustomer[] customers, double weeks, double level)
    {
        double logPredictive = 0, expected = 0, error = 0, mass = 0, spendMass = 0;
        int within = 0, spendWithin = 0;
        foreach (var customer in customers)
        {
            var counts = model.Counts(customer.Before, weeks);
            var expectation = model.ExpectedPurchases(customer.Before, weeks);
            expected += expectation;
            error += Math.Abs(expectation - customer.Purchases);
            logPredictive += Math.Log(Math.Max(counts.Probability(customer.Purchases), double.Epsilon));

            var interval = counts.Interval(level);
            mass += interval.Mass;
            if (interval.Holds(customer.Purchases)) within++;
            if (spend is null) continue;

            var total = new SpendTotals(spend, customer.Before, counts, discount: 1).Interval(level);
            spendMass += total.Mass;
            if (total.Holds(customer.Spend)) spendWithin++;
        }

        var n = customers.Length;
        return new HoldoutScore
        {
            Kind = model.Kind,
            LogPredictive = logPredictive,
            ExpectedPurchases = expected,
            ActualPurchases = customers.Sum(customer => (double)customer.Purchases),
            MeanAbsoluteError = error / n,
            PurchaseCoverage = Rate.Of(within, n),
            ExpectedPurchaseCoverage = mass / n,
            SpendCoverage = Rate.Of(spendWithin, spend is null ? 0 : n),
            ExpectedSpendCoverage = spend is null ? 0 : spendMass / n,
        };
    }
}
