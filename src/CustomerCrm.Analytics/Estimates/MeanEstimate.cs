using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Estimates;

/// <summary>
/// A mean with its 95 % interval by Student's t (W. S. Gosset 1908, "The Probable Error of a Mean", Biometrika 6): mean ± t(0.975; n − 1) · s / √n. It asks
/// little of the values beyond that n is not tiny. Of one value there is a mean and no interval.
/// </summary>
public readonly record struct MeanEstimate
{
    private MeanEstimate(long n, double mean, double deviation, double margin) => (N, Mean, Deviation, Margin) = (n, mean, deviation, margin);

    public long N { get; }

    /// <summary>NaN when n is 0.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation of the values, with n − 1; NaN below 2.</summary>
    public double Deviation { get; }

    /// <summary>Half the interval; NaN below 2.</summary>
    public double Margin { get; }

    public double Low => Mean - Margin;
    public double High => Mean + Margin;

    /// <param name="n">How many values.</param>
    /// <param name="sum">Their sum.</param>
    /// <param name="squares">The sum of their squares.</param>
    public static MeanEstimate Of(long n, double sum, double squares)
    {
        if (n == 0) return new MeanEstimate(0, double.NaN, double.NaN, double.NaN);
        var mean = sum / n;
        if (n == 1) return new MeanEstimate(1, mean, double.NaN, double.NaN);
        var deviation = Math.Sqrt(Math.Max(0, (squares - sum * mean) / (n - 1)));
        return new MeanEstimate(n, mean, deviation, StudentT.Quantile(0.975, n - 1) * deviation / Math.Sqrt(n));
    }

    public static MeanEstimate Of(IEnumerable<double> values)
    {
        // Around the first value, so that large values with small differences keep their digits.
        var (n, sum, squares, first) = (0L, 0.0, 0.0, 0.0);
        foreach (var value in values)
        {
            if (n++ == 0) first = value;
            sum += value - first;
            squares += (value - first) * (value - first);
        }
        var moved = Of(n, sum, squares);
        return new MeanEstimate(n, moved.Mean + first, moved.Deviation, moved.Margin);
    }
}
