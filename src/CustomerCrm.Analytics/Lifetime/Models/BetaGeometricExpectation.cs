using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// Purchases expected of a customer who is there now, with rate Gamma(r, α) and chance of leaving Beta(a, b), over a horizon t.
/// Equations 9 and 10 of Fader, Hardie and Lee 2005 write it with a Gaussian hypergeometric function over a - 1, a difference
/// of near equals when a is near 1. The same number is E[Σ_{j&lt;N} S(j)], where N is the negative binomial count of purchases
/// if nobody left and S(j) = B(a, b + j) / B(a, b) is the chance of surviving j of them: a sum of positive terms that needs no
/// care at a = 1.
/// </summary>
internal static class BetaGeometricExpectation
{
    private const double MostTerms = 20_000;
    private const double Negligible = 1e-17;
    private const double Huge = 1e200;

    /// <summary>From here on p is 1 to the last bit of a double.</summary>
    private const double CertainLogit = 37;

    /// <summary>Purchases expected; <paramref name="tau"/> is t / α, the horizon in units of the scale of the rate.</summary>
    public static double Of(double r, double tau, double a, double b)
    {
        if (tau <= 0) return 0;
        var terms = r * tau + 40 * (1 + tau) + 8 * Math.Sqrt(r * tau * (1 + tau));
        return terms < MostTerms ? Sum(r, tau, a, b) : Integral(r, tau, a, b);
    }

    internal static double Sum(double r, double tau, double a, double b)
    {
        // The weights are those of the negative binomial up to a factor, which the division at the end takes out, so that a
        // first weight too small for a double does no harm.
        var z = tau / (1 + tau);
        double weight = 1, total = 1, sum = 0, expected = 0, survival = 1;
        for (var n = 0; n < 4 * MostTerms; n++)
        {
            expected += survival;
            survival *= (b + n) / (a + b + n);
            weight *= (r + n) / (n + 1) * z;
            total += weight;
            sum += weight * expected;
            var shrink = (r + n + 1) / (n + 2) * z;
            if (shrink < 1 && weight * (expected + 1) < Negligible * (1 - shrink) * sum) break;
            if (weight > Huge)
            {
                weight /= Huge;
                total /= Huge;
                sum /= Huge;
            }
        }

        return sum / total;
    }

    /// <summary>
    /// For far horizons: E[(1 - (1 + pτ)^-r) / p] over p ~ Beta(a, b), by Gauss-Legendre panels in y = logit p. Left of
    /// <c>from</c> the integrand is e^(ay) times a constant; right of <see cref="CertainLogit"/> it is e^(-by) times a constant.
    /// </summary>
    internal static double Integral(double r, double tau, double a, double b)
    {
        var from = Math.Log(1e-13 / (1 + (r + 1) * tau + b));
        var logBeta = GammaFunctions.LogBeta(a, b);
        var panels = (int)Math.Ceiling((CertainLogit - from) / Math.Min(0.5, 3 * Math.Sqrt(1 / a + 1 / b)));
        var half = (CertainLogit - from) / panels / 2;

        var sum = r * tau * Math.Exp(a * from - logBeta) / a
            - NearZero.Expm1(-r * NearZero.Log1p(tau)) * Math.Exp(-b * CertainLogit - logBeta) / b;
        for (var k = 0; k < panels; k++)
        {
            var centre = from + (2 * k + 1) * half;
            for (var i = 0; i < GaussLegendre.Sixteen.Nodes.Length; i++)
            {
                var y = centre + half * GaussLegendre.Sixteen.Nodes[i];
                var logP = -NearZero.LogSum(0, -y);
                var logNotP = -NearZero.LogSum(0, y);
                var perChance = -NearZero.Expm1(-r * NearZero.Log1p(Math.Exp(logP) * tau)) / Math.Exp(logP);
                sum += half * GaussLegendre.Sixteen.Weights[i] * Math.Exp(a * logP + b * logNotP - logBeta) * perChance;
            }
        }

        return sum;
    }
}
