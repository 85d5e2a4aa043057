using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Tests.Analytics.Numerics;

public class SpecialFunctionTests
{
    // Γ(1/2) = √π, Γ(5) = 24, Γ(101) = 100!; Abramowitz and Stegun, tables 6.1 to 6.4.
    [TestCase(0.5, 0.57236494292470008707)]
    [TestCase(1, 0)]
    [TestCase(5, 3.1780538303479456196)]
    [TestCase(101, 363.73937555556349014)]
    [TestCase(1e-8, 18.420680738180208905)]
    public void Log_gamma(double z, double expected) =>
        Assert.That(GammaFunctions.LogGamma(z), Is.EqualTo(expected).Within(1e-14 * Math.Max(1, Math.Abs(expected))));

    [TestCase(1, -0.57721566490153286061)]
    [TestCase(0.5, -1.9635100260214234794)]
    [TestCase(10, 2.2517525890667211077)]
    public void Digamma(double z, double expected) => Assert.That(GammaFunctions.Digamma(z), Is.EqualTo(expected).Within(1e-14));

    [TestCase(1, 1.6449340668482264365)]
    [TestCase(0.5, 4.9348022005446793094)]
    [TestCase(10, 0.10516633568168574612)]
    public void Trigamma(double z, double expected) => Assert.That(GammaFunctions.Trigamma(z), Is.EqualTo(expected).Within(1e-14));

    [TestCase(2, 3, 0.5, 0.6875)]
    [TestCase(1, 1, 0.25, 0.25)]
    [TestCase(0.5, 0.5, 0.5, 0.5)]
    [TestCase(5, 1, 0.9, 0.59049)]
    public void Incomplete_beta(double a, double b, double x, double expected) =>
        Assert.That(IncompleteBeta.Regularised(a, b, x), Is.EqualTo(expected).Within(1e-13));

    [Test]
    public void Incomplete_beta_of_large_parameters_loses_no_more_than_the_digits_of_their_log_gamma() =>
        Assert.That(IncompleteBeta.Regularised(1e5, 1e5, 0.5), Is.EqualTo(0.5).Within(1e-8));

    [Test]
    public void Quadrature_is_exact_for_polynomials_up_to_its_degree()
    {
        foreach (var rule in new[] { GaussLegendre.Eight, GaussLegendre.Sixteen })
        {
            var degree = 2 * rule.Nodes.Length - 2;

            var integral = rule.Nodes.Zip(rule.Weights, (x, w) => w * Math.Pow(x, degree)).Sum();

            Assert.That(integral, Is.EqualTo(2.0 / (degree + 1)).Within(1e-14));
        }
    }

    [TestCase(1e-20)]
    [TestCase(1e-9)]
    [TestCase(-1e-12)]
    public void Differences_from_one_keep_their_digits_near_zero(double x)
    {
        Assert.That(NearZero.Log1p(x), Is.EqualTo(x - x * x / 2).Within(1e-14 * Math.Abs(x)));

        Assert.That(NearZero.Expm1(x), Is.EqualTo(x + x * x / 2).Within(1e-14 * Math.Abs(x)));
    }
}
