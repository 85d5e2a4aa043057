namespace CustomerCrm.Analytics;

/// <summary>
/// A share of customers, <see cref="Count"/> of <see cref="N"/>, with its Wilson score interval (E. B. Wilson 1927, "Probable
/// Inference, the Law of Succession, and Statistical Inference", JASA 22): unlike the textbook interval it stays within 0 and 1
/// and is honest at 0 of n and at n of n. With n = 0 there is no share, and the interval is everything from 0 to 1.
/// </summary>
public readonly record struct Rate
{
    /// <summary>The standard normal quantile of a two-sided 95 % interval.</summary>
    private const double Z95 = 1.959963984540054;

    private Rate(int count, int n) => (Count, N) = (count, n);

    public int Count { get; }

    public int N { get; }

    /// <summary>Null when nobody could be counted.</summary>
    public double? Value => N == 0 ? null : (double)Count / N;

    /// <summary>Lower end of the 95 % interval.</summary>
    public double Low => N == 0 || Count == 0 ? 0 : Math.Max(0, Centre - Spread);

    /// <summary>Upper end of the 95 % interval.</summary>
    public double High => N == 0 || Count == N ? 1 : Math.Min(1, Centre + Spread);

    private double Centre => (Count + Z95 * Z95 / 2) / (N + Z95 * Z95);

    private double Spread => Z95 / (N + Z95 * Z95) * Math.Sqrt((double)Count * (N - Count) / N + Z95 * Z95 / 4);

    /// <exception cref="ArgumentOutOfRangeException">When count is not within 0 and n.</exception>
    public static Rate Of(int count, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, n);
        return new Rate(count, n);
    }
}
