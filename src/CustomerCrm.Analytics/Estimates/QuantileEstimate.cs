using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Estimates;

/// <summary>
/// A quantile with a 95 % interval between two of the values themselves, whatever their distribution is (W. J. Conover 1999, "Practical Nonparametric Statistics",
/// 3.2): how many of n values lie below the true quantile is binomial. The quantile itself is the value at rank ⌈q · n⌉.
/// </summary>
/// <param name="N">How many values.</param>
/// <param name="Rank">Of the quantile among them, from 1; 0 where there is none.</param>
/// <param name="LowRank">Of the lower end; 0 where so few values have none.</param>
/// <param name="HighRank">Of the upper end; 0 where so few values have none.</param>
public readonly record struct QuantileEstimate(long N, long Rank, long LowRank, long HighRank)
{
    private const double OutsideEach = 0.025;

    /// <param name="n">How many values.</param>
    /// <param name="q">Above 0 and below 1: 0.5 is the median.</param>
    public static QuantileEstimate Of(long n, double q)
    {
        if (n == 0) return default;
        // The highest rank whose value is above the quantile by chance at most 2.5 % of the time, and likewise from the other end.
        var low = Search(n, rank => Below(n, q, rank - 1) <= OutsideEach);
        var high = Search(n, rank => Below(n, q, rank - 1) < 1 - OutsideEach) + 1;
        return new QuantileEstimate(n, Math.Clamp((long)Math.Ceiling(q * n - 1e-9), 1, n), low, high > n ? 0 : high);
    }

    // P(X <= k) of a binomial.
    private static double Below(long n, double q, long k) => k < 0 ? 0 : k >= n ? 1 : IncompleteBeta.Regularised(n - k, k + 1, 1 - q);

    // The last rank of 1 … n for which it holds; 0 if for none. It holds up to some rank and not beyond.
    private static long Search(long n, Predicate<long> holds)
    {
        var (low, high) = (0L, n);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (holds(middle)) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
