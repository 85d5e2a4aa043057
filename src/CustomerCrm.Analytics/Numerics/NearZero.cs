namespace CustomerCrm.Analytics.Numerics;

/// <summary>
/// Differences from 1 that keep their digits near zero (W. Kahan's corrections; the framework's own LogP1 and ExpM1 are the
/// plain expressions and lose them).
/// </summary>
internal static class NearZero
{
    public static double Log1p(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? Math.Log(x) : Math.Log(u) * (x / (u - 1));
    }

    public static double Expm1(double x)
    {
        var u = Math.Exp(x);
        if (u == 1) return x;
        var difference = u - 1;
        return difference == -1 || double.IsInfinity(u) ? difference : difference * (x / Math.Log(u));
    }

    /// <summary>ln(e^a + e^b); either may be -∞.</summary>
    public static double LogSum(double a, double b)
    {
        var high = Math.Max(a, b);
        return double.IsNegativeInfinity(high) ? high : high + Log1p(Math.Exp(Math.Min(a, b) - high));
    }
}
