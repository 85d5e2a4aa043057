using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

/// <summary>The published fits and values of the CDNOW sample, calibrated to 1997-09-30.</summary>
public class CdnowFitTests
{
    private Purchase[] purchases = [];
    private CustomerSummary[] customers = [];

    [SetUp]
    public void Read()
    {
        purchases = SharedReference.Purchases("data/cdnow_sample.csv");
        customers = CustomerSummaries.Of(PurchaseDays.From(purchases, new DateOnly(1997, 9, 30)));
    }

    [TestCase(ModelKind.BgNbd, -9582.429206673927, 0.24259452095514827, 4.413601704837595, 0.7929219083129113, 2.4259062127196374)]
    [TestCase(ModelKind.MbgNbd, -9582.135715553744, 0.5248431313897131, 6.18308495515081, 0.8913594264268287, 1.6140022867047483)]
    [TestCase(ModelKind.ParetoNbd, -9594.97617893954, 0.5532770260455628, 10.577683427297837, 0.6062400060061807, 11.668736856419597)]
    public void A_model_has_the_published_parameters(ModelKind kind, double logLikelihood, double p1, double p2, double p3, double p4)
    {
        var fit = PurchaseModelFitting.Fit(kind, customers);

        Assert.That(fit.LogLikelihood, Is.EqualTo(logLikelihood).Within(1e-4));
        foreach (var (ours, published) in fit.Model!.Parameters.Zip([p1, p2, p3, p4]))
            Assert.That(ours.Value, Is.EqualTo(published).Within(1e-4 * published), ours.Name);
        Assert.That((fit.Customers, fit.Repeaters, fit.Sufficiency), Is.EqualTo((2357, 946, Sufficiency.Enough)));
    }

    [TestCase(ModelKind.BgNbd, 0.012557374781760985, 0.3782240046906292, 0.18573371313393985, 0.7054138534968952)]
    [TestCase(ModelKind.MbgNbd, 0.08326835558146341, 0.6956213311839917, 0.15479000501140236, 0.537495528569747)]
    [TestCase(ModelKind.ParetoNbd, 0.04762800676203645, 0.8427229705285822, 0.18728221767814825, 6.211147458787008)]
    public void A_model_has_the_published_standard_errors(ModelKind kind, double e1, double e2, double e3, double e4)
    {
        var fit = PurchaseModelFitting.Fit(kind, customers);

        foreach (var (ours, published) in fit.StandardErrors!.Zip([e1, e2, e3, e4]))
            Assert.That(ours, Is.EqualTo(published).Within(1e-3 * published));
    }

    [Test]
    public void The_spend_model_has_the_published_parameters()
    {
        var fit = SpendFitting.Fit(customers);

        Assert.That(fit.LogLikelihood, Is.EqualTo(-4055.9176948018685).Within(1e-5));
        Assert.That(fit.Model!.P, Is.EqualTo(6.2495729).Within(1e-4));
        Assert.That(fit.Model.Q, Is.EqualTo(3.7442248).Within(1e-4));
        Assert.That(fit.Model.V, Is.EqualTo(15.4435198).Within(1e-4));
        Assert.That(fit.Model.PopulationMean, Is.EqualTo(35.170370557982366).Within(1e-4));
        Assert.That(fit.Correlation.Value, Is.EqualTo(0.11388791939125478).Within(1e-9));
        Assert.That((fit.Customers, fit.WithoutSpend, fit.Sufficiency), Is.EqualTo((946, 0, Sufficiency.Enough)));
    }

    [TestCase(ModelKind.BgNbd, 71507.95222626174)]
    [TestCase(ModelKind.MbgNbd, 67774.13781734514)]
    [TestCase(ModelKind.ParetoNbd, 72315.6072014107)]
    public void Twelve_months_are_worth_the_published_total(ModelKind kind, double published)
    {
        var model = PurchaseModelFitting.Fit(kind, customers).Model!;
        var spend = SpendFitting.Fit(customers);

        var total = customers.Sum(c => LifetimeValue.Of(model, c, spend.ExpectedSpend(c), new ForecastTerms()));

        Assert.That(total, Is.EqualTo(published).Within(0.05));
    }

    [TestCase(ModelKind.BgNbd, 10, 11, 19)]
    [TestCase(ModelKind.MbgNbd, 12, 13, 20)]
    [TestCase(ModelKind.ParetoNbd, 14, 15, 21)]
    public void Every_customer_has_the_published_figures(ModelKind kind, int alive, int expected, int value)
    {
        var model = PurchaseModelFitting.Fit(kind, customers).Model!;
        var spend = SpendFitting.Fit(customers);

        foreach (var (customer, row) in customers.Zip(SharedReference.Csv("reference/cdnow_sample_customers.csv")))
        {
            var n = row.Select(SharedReference.Number).ToArray();
            Assert.That(model.ProbabilityAlive(customer), Is.EqualTo(n[alive]).Within(1e-5), row[0]);
            Assert.That(model.ExpectedPurchases(customer, 39), Is.EqualTo(n[expected]).Within(1e-5 * (1 + n[expected])), row[0]);
            Assert.That(spend.ExpectedSpend(customer), Is.EqualTo(n[18]).Within(1e-4), row[0]);
            Assert.That(LifetimeValue.Of(model, customer, n[18], new ForecastTerms()), Is.EqualTo(n[value]).Within(1e-5 * (1 + n[value])), row[0]);
        }
    }

    [Test]
    public void Pareto_nbd_has_the_published_discounted_purchases_without_end()
    {
        var model = (ParetoNbd)PurchaseModelFitting.Fit(ModelKind.ParetoNbd, customers).Model!;

        var total = customers.Sum(c => model.DiscountedExpectedPurchases(c, 0.0022884187674383997));

        Assert.That(total, Is.EqualTo(7924.425445968455).Within(0.01));
    }

    [Test]
    public void The_holdout_of_39_weeks_is_as_published_and_covered_as_the_intervals_promise()
    {
        var report = Holdout.Run(PurchaseDays.From(purchases, new DateOnly(1998, 6, 30)), new DateOnly(1997, 9, 30));

        Assert.That(report.Scores.Select(s => s.ActualPurchases), Is.All.EqualTo(1882));
        Assert.That(report.Scores[(int)ModelKind.BgNbd].ExpectedPurchases, Is.EqualTo(1653.4087128635902).Within(0.01));
        Assert.That(report.Scores[(int)ModelKind.ParetoNbd].MeanAbsoluteError, Is.EqualTo(0.7545233852839647).Within(1e-5));
        Assert.That(report.Best, Is.EqualTo(ModelKind.MbgNbd));
        foreach (var score in report.Scores)
        {
            Assert.That(score.PurchaseCoverage.Value, Is.GreaterThan(0.8));
            Assert.That(score.SpendCoverage.Value, Is.EqualTo(score.ExpectedSpendCoverage).Within(0.06).And.GreaterThan(0.8));
        }
    }

    [Test]
    public void The_whole_analysis_ignores_what_came_after_its_day()
    {
        var analysis = LifetimeAnalysis.Of(purchases, new DateOnly(1997, 9, 30));

        Assert.That(analysis.Customers, Is.EqualTo(customers));
        Assert.That((analysis.Chosen, analysis.ChosenBy), Is.EqualTo(((ModelKind?)ModelKind.MbgNbd, "holdout_likelihood")));
        Assert.That(analysis.Forecasts(new ForecastTerms(), ModelKind.BgNbd).Sum(f => f.Forecast.Value), Is.EqualTo(71507.95222626174).Within(0.05));
    }
}
