namespace CustomerCrm.Analytics.Numerics;

/// <summary>
/// Student's t distribution (W. S. Gosset 1908): its distribution function by the incomplete beta function (Abramowitz and Stegun 1964, 26.7.1), and the
/// quantile by halving, which is slow and never wrong.
/// </summary>
internal static class StudentT
{
    public static double Cumulative(double t, double degrees)
    {
        var tail = IncompleteBeta.Regularised(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2;
        return t > 0 ? 1 - tail : tail;
    }

    /// <param name="p">Above 0.5 and below 1.</param>
    /// <param name="degrees">Of freedom, at least 1.</param>
    public static double Quantile(double p, double degrees)
    {
        var (low, high) = (0.0, 2.0);
        while (Cumulative(high, degrees) < p) high *= 2;
        for (var i = 0; i < 200 && high - low > 1e-12 * high; i++)
        {
            var middle = (low + high) / 2;
            if (Cumulative(middle, degrees) < p) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
