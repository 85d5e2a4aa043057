namespace CustomerCrm.Analytics.Numerics;

/// <summary>
/// ln Γ and its first two derivatives for positive arguments, by Stirling's series after moving the argument beyond 10 with the
/// recurrence Γ(z + 1) = zΓ(z) (Abramowitz and Stegun 1964, 6.1.40, 6.3.18, 6.4.12); the first term left out is below 1e-16 there.
/// </summary>
internal static class GammaFunctions
{
    private const double SeriesFrom = 10;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    public static double LogGamma(double z)
    {
        var shift = 1.0;
        while (z < SeriesFrom) shift *= z++;

        var i = 1 / z;
        var i2 = i * i;
        var series = i * (1.0 / 12 + i2 * (-1.0 / 360 + i2 * (1.0 / 1260 + i2 * (-1.0 / 1680
            + i2 * (1.0 / 1188 + i2 * (-691.0 / 360360 + i2 * (1.0 / 156 - i2 * 3617.0 / 122400)))))));
        return (z - 0.5) * Math.Log(z) - z + HalfLogTwoPi + series - Math.Log(shift);
    }

    public static double Digamma(double z)
    {
        var shift = 0.0;
        while (z < SeriesFrom) shift += 1 / z++;

        var i2 = 1 / (z * z);
        var series = i2 * (1.0 / 12 - i2 * (1.0 / 120 - i2 * (1.0 / 252 - i2 * (1.0 / 240
            - i2 * (1.0 / 132 - i2 * (691.0 / 32760 - i2 * (1.0 / 12 - i2 * 3617.0 / 8160)))))));
        return Math.Log(z) - 0.5 / z - series - shift;
    }

    public static double Trigamma(double z)
    {
        var shift = 0.0;
        while (z < SeriesFrom)
        {
            shift += 1 / (z * z);
            z++;
        }

        var i = 1 / z;
        var i2 = i * i;
        var series = i * i2 * (1.0 / 6 - i2 * (1.0 / 30 - i2 * (1.0 / 42 - i2 * (1.0 / 30
            - i2 * (5.0 / 66 - i2 * (691.0 / 2730 - i2 * 7.0 / 6))))));
        return i + 0.5 * i2 + series + shift;
    }

    public static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);
}
