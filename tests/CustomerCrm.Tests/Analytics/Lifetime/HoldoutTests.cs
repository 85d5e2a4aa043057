using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

public class HoldoutTests
{
    private static readonly DateOnly Opening = new(2023, 1, 1);

    [Test]
    public void A_third_of_the_time_is_held_out_but_at_most_a_year()
    {
        var young = PurchaseDays.From([new(1, Opening, 5)], Opening.AddDays(300));
        var old = PurchaseDays.From([new(1, Opening, 5)], Opening.AddDays(3000));

        Assert.That(Holdout.CalibrationEnd(young), Is.EqualTo(Opening.AddDays(200)));
        Assert.That(Holdout.CalibrationEnd(old), Is.EqualTo(Opening.AddDays(3000 - 365)));
    }

    [Test]
    public void Intervals_cover_as_they_promise_when_the_law_is_true()
    {
        var purchases = Shop(4000);

        var report = Holdout.Run(purchases, Opening.AddDays(400));

        var score = report.Scores.Single(s => s.Kind == ModelKind.BgNbd);
        Assert.That(report.Customers, Is.EqualTo(4000));
        Assert.That(score.PurchaseCoverage.Value, Is.EqualTo(score.ExpectedPurchaseCoverage).Within(0.025));
        Assert.That(score.SpendCoverage.Value, Is.EqualTo(score.ExpectedSpendCoverage).Within(0.025));
        Assert.That(score.ExpectedPurchases, Is.EqualTo(score.ActualPurchases).Within(8).Percent);
    }

    [Test]
    public void The_log_predictive_is_the_sum_over_customers()
    {
        var purchases = WorkedExample.Days();

        var report = Holdout.Run(purchases, new DateOnly(2024, 3, 31));

        var before = CustomerSummaries.Of(purchases, new DateOnly(2024, 3, 31));
        int[] bought = [1, 0, 0, 0, 1, 0];
        foreach (var score in report.Scores)
        {
            var model = PurchaseModelFitting.Fit(score.Kind, before).Model!;
            var sum = before.Zip(bought, (customer, y) => Math.Log(model.Counts(customer, 30 / 7.0).Probability(y))).Sum();
            Assert.That(score.LogPredictive, Is.EqualTo(sum).Within(1e-12));
            Assert.That(score.ActualPurchases, Is.EqualTo(2));
        }
    }

    [Test]
    public void With_no_time_to_hold_out_the_choice_falls_back_to_the_likelihood()
    {
        CustomerSummary[] customers = new Shoppers(31).BetaGeometric(500, 0.5, 4, 0.8, 2.4);
        var fits = PurchaseModelFitting.FitAll(customers);
        var none = Holdout.Run(PurchaseDays.From([], Opening), Opening);

        var (chosen, by) = ModelChoice.Of(fits, none);

        Assert.That(none.Sufficiency.Code, Is.EqualTo("no_holdout"));
        Assert.That((chosen, by), Is.EqualTo(((ModelKind?)fits.MaxBy(f => f.LogLikelihood)!.Kind, "likelihood")));
    }

    /// <summary>A shop of BG/NBD customers who all came within its first hundred days.</summary>
    private static PurchaseDays Shop(int customers)
    {
        var shoppers = new Shoppers(32);
        var purchases = new List<Purchase>();
        for (var i = 0; i < customers; i++)
        {
            var (rate, leaving, nu) = (shoppers.Gamma(0.5) / 60, shoppers.Beta(0.8, 3), shoppers.Gamma(4) / 15);
            var gone = false;
            for (double day = i % 100; day <= 600 && !gone; day += shoppers.Exponential() / rate)
            {
                purchases.Add(new Purchase(i, Opening.AddDays((int)day), shoppers.Gamma(6) / nu));
                gone = purchases[^1].Day > Opening.AddDays(i % 100) && shoppers.Chance(leaving);
            }
        }

        return PurchaseDays.From([.. purchases], Opening.AddDays(600));
    }
}
