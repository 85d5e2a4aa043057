using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Tests.Analytics.Lifetime;

public class LikelihoodTests
{
    private static readonly CustomerSummary[] Customers =
        [.. new Shoppers(7).BetaGeometric(300, 0.5, 4, 0.8, 2.4), new(0, 0, 0, 0, 0), new(0, 400, 100, 104, 3), new(0, 3, 52, 52, 3), new(0, 12, 1, 400, 3)];

    [Test]
    public void The_sum_over_distinct_histories_is_the_sum_over_customers()
    {
        var histories = DistinctHistories.Of([.. Customers, .. Customers]);

        foreach (var model in Models.Published)
        {
            double[] at = [.. model.Parameters.Select(p => p.Value)];
            var together = Likelihood(model.Kind, histories).Evaluate(at, new double[4], new double[16]);

            var oneByOne = 2 * Customers.Sum(c => model.LogLikelihood(c.Frequency, c.Recency, c.Age));
            Assert.That(together, Is.EqualTo(oneByOne).Within(1e-9 * Math.Abs(oneByOne)), $"{model.Kind}");
        }
    }

    [TestCase(ModelKind.BgNbd)]
    [TestCase(ModelKind.MbgNbd)]
    [TestCase(ModelKind.ParetoNbd)]
    public void Derivatives_of_the_counting_models_are_the_slopes_of_the_value(ModelKind kind) =>
        Same(Likelihood(kind, DistinctHistories.Of(Customers)), [0.6, 5, 0.9, 2.7]);

    [Test]
    public void Pareto_derivatives_hold_where_the_two_scales_are_equal() =>
        Same(Likelihood(ModelKind.ParetoNbd, DistinctHistories.Of(Customers)), [0.8, 10, 0.6, 10]);

    [Test]
    public void Derivatives_of_the_spend_model_are_the_slopes_of_the_value() =>
        Same(new SpendLikelihood([1, 1, 2, 5, 30], [0.4, 3, 1.1, 0.9, 1.4]), [2.5, 3.1, 0.7]);

    private static ILogLikelihood Likelihood(ModelKind kind, DistinctHistories histories) =>
        kind == ModelKind.ParetoNbd ? new ParetoLikelihood(histories) : new BetaGeometricLikelihood(histories, kind == ModelKind.BgNbd ? 0 : 1);

    private static void Same(ILogLikelihood likelihood, double[] at)
    {
        var n = likelihood.Parameters;
        double[] gradient = new double[n], hessian = new double[n * n];
        likelihood.Evaluate(at, gradient, hessian);

        for (var i = 0; i < n; i++)
        {
            var (up, down) = (Moved(i, 1e-5), Moved(i, -1e-5));
            var width = 2e-5 * at[i];
            Assert.That(gradient[i], Is.EqualTo((up.Value - down.Value) / width).Within(1e-6 * (1 + Math.Abs(gradient[i]))), $"slope {i}");
            for (var j = 0; j <= i; j++)
                Assert.That(hessian[j * n + i], Is.EqualTo((up.Gradient[j] - down.Gradient[j]) / width).Within(1e-6 * (1 + Math.Abs(hessian[j * n + i]))), $"curvature {j},{i}");
        }

        (double Value, double[] Gradient) Moved(int i, double by)
        {
            double[] there = [.. at];
            there[i] *= 1 + by;
            var slopes = new double[n];
            return (likelihood.Evaluate(there, slopes, new double[n * n]), slopes);
        }
    }
}
