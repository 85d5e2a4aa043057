using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

public class SpendFittingTests
{
    [Test]
    public void A_known_law_is_found_again_whatever_the_unit()
    {
        var customers = Spenders(new Shoppers(11), 20_000, _ => 1);

        var euros = SpendFitting.Fit(customers);
        var cents = SpendFitting.Fit([.. customers.Select(c => c with { MeanSpend = c.MeanSpend * 100 })]);

        Assert.That(euros.Sufficiency, Is.EqualTo(Sufficiency.Enough));
        Assert.That(euros.Model!.P, Is.EqualTo(6).Within(4 * euros.StandardErrors![0]));
        Assert.That(euros.Model.Q, Is.EqualTo(4).Within(4 * euros.StandardErrors[1]));
        Assert.That(euros.Model.V, Is.EqualTo(15).Within(4 * euros.StandardErrors[2]));
        Assert.That(cents.Model!.P, Is.EqualTo(euros.Model.P).Within(1e-5 * euros.Model.P));
        Assert.That(cents.Model.V, Is.EqualTo(100 * euros.Model.V).Within(1e-3 * euros.Model.V));
    }

    [Test]
    public void Spend_that_grows_with_frequency_is_said_to()
    {
        var customers = Spenders(new Shoppers(12), 2000, x => x);

        var fit = SpendFitting.Fit(customers);

        Assert.That(fit.Sufficiency.Code, Is.EqualTo("spend_depends_on_frequency"));
        Assert.That(fit.Correlation.Low, Is.GreaterThan(SpendFitting.WeakCorrelation));
        Assert.That(fit.Model, Is.Not.Null);
    }

    [Test]
    public void Free_purchases_are_left_out_and_counted()
    {
        CustomerSummary[] customers = [.. Spenders(new Shoppers(13), 500, _ => 1), new(1, 3, 5, 9, 0), new(2, 3, 5, 9, -4), new(3, 0, 0, 9, 0)];

        var fit = SpendFitting.Fit(customers);

        Assert.That((fit.Customers, fit.WithoutSpend), Is.EqualTo((500, 2)));
        Assert.That(fit.ExpectedSpend(customers[^3]), Is.EqualTo(fit.Model!.PopulationMean));
        Assert.That(fit.ExpectedSpend(customers[^1]), Is.EqualTo(fit.Model.PopulationMean));
    }

    [Test]
    public void Nothing_but_free_purchases_is_no_spend()
    {
        var fit = SpendFitting.Fit([new(1, 3, 5, 9, 0), new(2, 0, 0, 9, 0)]);

        Assert.That((fit.Model, fit.Sufficiency.Code, fit.ExpectedSpend(new(1, 3, 5, 9, 0))), Is.EqualTo(((GammaGamma?)null, "no_spend", 0.0)));
    }

    [Test]
    public void Everybody_always_spends_the_same()
    {
        var alike = Enumerable.Range(1, 100).Select(i => new CustomerSummary(i, i % 5 + 1, 5, 9, 20)).ToArray();

        var fit = SpendFitting.Fit(alike);

        Assert.That(fit.Sufficiency.IsSufficient, Is.False);
        Assert.That(fit.ExpectedSpend(alike[0]), Is.EqualTo(20).Within(0.1));
    }

    [Test]
    public void A_spend_parameter_that_may_as_well_be_without_bound_is_not_called_sufficient()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            // One law for all: the likelihood often rises without end, or hardly falls, towards customers who do not differ.
            var shoppers = new Shoppers(seed);
            var alike = Enumerable.Range(1, 40).Select(i => new CustomerSummary(i, i % 4 + 1, 5, 9, 20 * shoppers.Gamma(6 * (i % 4 + 1)) / (i % 4 + 1))).ToArray();

            var fit = SpendFitting.Fit(alike);

            if (!fit.Sufficiency.IsSufficient) continue;
            var errors = fit.StandardErrors!.Zip([fit.Model!.P, fit.Model.Q, fit.Model.V], (error, value) => error / value);
            Assert.That(errors, Is.All.LessThan(11), $"{seed}: q = {fit.Model.Q}");
            Assert.That(fit.Model.Q, Is.LessThan(50_000), $"{seed}");
        }
    }

    [Test]
    public void Spends_without_a_finite_mean_fall_back_to_the_observed()
    {
        var shoppers = new Shoppers(14);
        var wild = Enumerable.Range(1, 2000).Select(i => new CustomerSummary(i, 1, 5, 9, shoppers.Gamma(2) / shoppers.Gamma(0.4))).ToArray();

        var fit = SpendFitting.Fit(wild);

        Assert.That((fit.Model, fit.Sufficiency.Code), Is.EqualTo(((GammaGamma?)null, "no_mean")));
        Assert.That(fit.ExpectedSpend(wild[0]), Is.EqualTo(wild[0].MeanSpend));
        Assert.That(fit.ExpectedSpend(new(1, 0, 0, 9, 0)), Is.EqualTo(fit.ObservedMean));
    }

    private static CustomerSummary[] Spenders(Shoppers shoppers, int count, Func<int, double> factor) =>
        [.. Enumerable.Range(0, count).Select(i =>
        {
            var x = i % 6 + 1;
            return new CustomerSummary(i, x, 5, 9, factor(x) * shoppers.Gamma(6 * x) / (shoppers.Gamma(4) / 15) / x);
        })];
}
