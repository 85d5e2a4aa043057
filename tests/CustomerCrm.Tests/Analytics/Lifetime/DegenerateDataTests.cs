using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

/// <summary>Data that no model can be fitted to, or hardly: the answer is finite and says so.</summary>
public class DegenerateDataTests
{
    private static readonly DateOnly End = new(2024, 12, 31);

    [Test]
    public void Nobody() => Says("no_customers", []);

    [Test]
    public void Everybody_came_for_the_first_time_on_the_last_day() => Says("no_time", [new(1, 0, 0, 0, 0), new(2, 0, 0, 0, 0)]);

    [Test]
    public void Nobody_came_back() => Says("no_repeaters", [.. Enumerable.Range(1, 500).Select(i => new CustomerSummary(i, 0, 0, i / 7.0, 0))]);

    [Test]
    public void One_customer_came_back_once() => SaysSomething([.. Enumerable.Range(1, 50).Select(i => new CustomerSummary(i, i == 1 ? 1 : 0, i == 1 ? 2 : 0, 10, 0))]);

    [Test]
    public void A_single_heavy_buyer() => SaysSomething([new(1, 5000, 99.9, 100, 3)]);

    [Test]
    public void Nobody_leaves()
    {
        // Everybody buys at a rate of his own until the very end.
        var loyal = Enumerable.Range(1, 400).Select(i => new CustomerSummary(i, i % 20 + 1, 52 - 0.01 * (i % 3), 52, 10)).ToArray();

        foreach (var fit in PurchaseModelFitting.FitAll(loyal))
        {
            Assert.That(fit.Sufficiency.Code, Is.EqualTo("no_dropout"), $"{fit.Kind}");
            Assert.That(fit.Model!.ProbabilityAlive(loyal[0]), Is.GreaterThan(0.95));
        }

        Finite(loyal);
    }

    [Test]
    public void Everybody_buys_every_week_alike() => SaysSomething([.. Enumerable.Range(1, 100).Select(i => new CustomerSummary(i, 52, 52, 52, 10))]);

    [Test]
    public void Everybody_bought_twice_in_the_first_week_and_never_again() => SaysSomething([.. Enumerable.Range(1, 100).Select(i => new CustomerSummary(i, 1, 1, 52, 10))]);

    [Test]
    public void Very_heavy_buyers_among_ordinary_ones()
    {
        CustomerSummary[] customers = [.. new Shoppers(5).BetaGeometric(2000, 0.243, 4.414, 0.793, 2.426), new(1, 1000, 100, 104, 5), new(2, 3000, 60, 104, 5)];

        Assert.That(PurchaseModelFitting.FitAll(customers).Select(fit => fit.Sufficiency), Is.All.EqualTo(Sufficiency.Enough));
        Finite(customers);
    }

    [Test]
    public void Summaries_that_cannot_be_are_made_possible() =>
        Finite([.. new Shoppers(6).BetaGeometric(500, 0.5, 4, 0.8, 2.4), new(1, -3, double.NaN, double.PositiveInfinity, double.NaN), new(2, 4, 90, 10, -5), new(3, 0, 5, 9, 7)]);

    [Test]
    public void An_analysis_of_no_purchases_chooses_nothing()
    {
        var analysis = LifetimeAnalysis.Of([], End);

        Assert.That((analysis.Chosen, analysis.ChosenBy), Is.EqualTo(((ModelKind?)null, (string?)null)));
        Assert.That(analysis.Forecasts(new ForecastTerms()), Is.Empty);
        Assert.That(analysis.Spend.Sufficiency.Code, Is.EqualTo("no_spend"));
        Assert.That(analysis.Holdout.Sufficiency.Code, Is.EqualTo("no_customers").Or.EqualTo("no_holdout"));
    }

    [Test]
    public void An_analysis_of_the_worked_example_answers_but_is_not_sufficient()
    {
        var analysis = LifetimeAnalysis.Of(WorkedExample.Days());

        Assert.That(analysis.Fits.Select(fit => fit.Sufficiency.IsSufficient), Is.All.False);
        Assert.That(analysis.Chosen, Is.Not.Null);
        foreach (var (_, forecast) in analysis.Forecasts(new ForecastTerms())) Assert.That(IsFinite(forecast));
    }

    private static void Says(string code, CustomerSummary[] customers)
    {
        foreach (var fit in PurchaseModelFitting.FitAll(customers))
        {
            Assert.That(fit.Sufficiency.Code, Is.EqualTo(code));
            Assert.That(fit.Sufficiency.Reason, Does.EndWith("."));
            Assert.That(fit.Model, Is.Null);
        }
    }

    private static void SaysSomething(CustomerSummary[] customers)
    {
        foreach (var fit in PurchaseModelFitting.FitAll(customers)) Assert.That(fit.Sufficiency.IsSufficient, Is.False, $"{fit.Kind}");
        Finite(customers);
    }

    private static void Finite(CustomerSummary[] customers)
    {
        var spend = SpendFitting.Fit(customers);
        foreach (var fit in PurchaseModelFitting.FitAll(customers))
        {
            Assert.That(double.IsFinite(fit.LogLikelihood), $"{fit.Kind}");
            foreach (var customer in customers.TakeLast(25))
                Assert.That(IsFinite(CustomerForecast.Of(fit.Model!, spend, customer, new ForecastTerms())), $"{fit.Kind} {customer}");
        }
    }

    private static bool IsFinite(CustomerForecast f) =>
        f.ProbabilityAlive is >= 0 and <= 1
        && new[] { f.ExpectedPurchases, f.ExpectedSpend, f.Value, f.Purchases.High, f.ValueInterval.High }.All(v => double.IsFinite(v) && v >= 0)
        && f.Purchases.Low <= f.Purchases.High && f.ValueInterval.Low <= f.ValueInterval.High;
}
