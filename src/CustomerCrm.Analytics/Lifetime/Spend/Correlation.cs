namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// Pearson's correlation with the 95 % interval of Fisher's z transformation (R. A. Fisher 1921, "On the 'probable error' of a
/// coefficient of correlation deduced from a small sample"); from fewer than four pairs, or a constant, nothing can be said and
/// the interval is everything from -1 to 1.
/// </summary>
public readonly record struct Correlation(double Value, double Low, double High, int N)
{
    private const double Z95 = 1.959963984540054;

    internal static Correlation Of(int[] x, double[] y)
    {
        var n = x.Length;
        if (n == 0) return new Correlation(0, -1, 1, 0);

        double meanX = x.Average(), meanY = y.Average(), xx = 0, xy = 0, yy = 0;
        for (var i = 0; i < n; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }

        var value = Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1);
        if (n < 4 || !double.IsFinite(value)) return new Correlation(double.IsFinite(value) ? value : 0, -1, 1, n);

        var z = Math.Atanh(value);
        var spread = Z95 / Math.Sqrt(n - 3);
        return new Correlation(value, Math.Tanh(z - spread), Math.Tanh(z + spread), n);
    }
}
