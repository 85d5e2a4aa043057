namespace CustomerCrm.Analytics.Numerics;

/// <summary>
/// The regularised incomplete beta function I_x(a, b), the distribution function of a beta variable, by its continued fraction
/// (DLMF 8.17.22) evaluated with Lentz's method on the side of the mean where it converges fast.
/// </summary>
internal static class IncompleteBeta
{
    private const double Tiny = 1e-300;
    private const double Precision = 1e-14;
    private const int MostTerms = 2000;

    public static double Regularised(double a, double b, double x) => Regularised(a, b, x, GammaFunctions.LogBeta(a, b));

    /// <summary>For callers that ask for many x at the same a and b, and know ln B(a, b).</summary>
    public static double Regularised(double a, double b, double x, double logBeta)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;

        var front = Math.Exp(a * Math.Log(x) + b * NearZero.Log1p(-x) - logBeta);
        var value = x < (a + 1) / (a + b + 2)
            ? front / a * Fraction(a, b, x)
            : 1 - front / b * Fraction(b, a, 1 - x);
        return Math.Clamp(value, 0, 1);
    }

    private static double Fraction(double a, double b, double x)
    {
        var c = 1.0;
        var d = 1 / Away(1 - (a + b) * x / (a + 1));
        var value = d;
        for (var m = 1; m <= MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Away(1 + even * d);
            c = Away(1 + even / c);
            value *= d * c;

            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Away(1 + odd * d);
            c = Away(1 + odd / c);
            value *= d * c;
            if (Math.Abs(d * c - 1) < Precision) break;
        }

        return value;
    }

    private static double Away(double fromZero) => Math.Abs(fromZero) < Tiny ? Tiny : fromZero;
}
