using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

/// <summary>Two hundred thousand customers of a known law give that law back, within four standard errors.</summary>
public class FitRecoveryTests
{
    private const int Many = 200_000;

    [Test]
    public void Bg_nbd() => Recovers(ModelKind.BgNbd, new Shoppers(1).BetaGeometric(Many, 0.243, 4.414, 0.793, 2.426), 0.243, 4.414, 0.793, 2.426);

    [Test]
    public void Mbg_nbd() =>
        Recovers(ModelKind.MbgNbd, new Shoppers(2).BetaGeometric(Many, 0.525, 6.183, 0.891, 1.614, mayLeaveAtOnce: true), 0.525, 6.183, 0.891, 1.614);

    [Test]
    public void Pareto_nbd() => Recovers(ModelKind.ParetoNbd, new Shoppers(3).Pareto(Many, 0.553, 10.578, 0.606, 11.669), 0.553, 10.578, 0.606, 11.669);

    private static void Recovers(ModelKind kind, CustomerSummary[] customers, params double[] truth)
    {
        var fit = PurchaseModelFitting.Fit(kind, customers);

        Assert.That(fit.Sufficiency, Is.EqualTo(Sufficiency.Enough));
        for (var i = 0; i < truth.Length; i++)
            Assert.That(fit.Model!.Parameters[i].Value, Is.EqualTo(truth[i]).Within(4 * fit.StandardErrors![i]), fit.Model.Parameters[i].Name);
    }
}
