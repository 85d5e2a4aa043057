using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Surges;

/// <summary>
/// Whether a count is higher than the periods before it let one expect. Where they vary as pure chance does it is the exact test of two Poisson counts: given their sum,
/// the count is binomial (J. Przyborowski and H. Wilenski 1940, Biometrika 31), which allows for how little is known of the rate. Where they vary more, it is the tail of
/// a negative binomial with their mean and variance, and the more careful of the two counts.
/// </summary>
public static class SurgeTest
{
    /// <summary>The chance of a count as high as this, if nothing has changed.</summary>
    /// <param name="count">Of the period that is asked about.</param>
    /// <param name="before">Of periods of the same length before it; at least one.</param>
    /// <exception cref="ArgumentException">No period before it, or a count below 0.</exception>
    public static double Chance(int count, IReadOnlyCollection<int> before)
    {
        if (before.Count == 0 || count < 0 || before.Any(b => b < 0)) throw new ArgumentException("Counts of at least one period before it, none below 0.", nameof(before));
        if (count == 0) return 1;
        var total = before.Sum(b => (long)b);
        // P(X >= count) of a binomial with n = count + total and one part of before + 1.
        var poisson = IncompleteBeta.Regularised(count, total + 1, 1.0 / (before.Count + 1));
        return Math.Max(poisson, Overdispersed(count, before, total));
    }

    private static double Overdispersed(int count, IReadOnlyCollection<int> before, long total)
    {
        if (before.Count < 2 || total == 0) return 0;
        var mean = (double)total / before.Count;
        var variance = before.Sum(b => (b - mean) * (b - mean)) / (before.Count - 1);
        if (variance <= mean) return 0;
        var size = mean * mean / (variance - mean);
        // P(X >= count) of a negative binomial (Abramowitz and Stegun 1964, 26.5.26).
        return IncompleteBeta.Regularised(count, size, mean / (mean + size));
    }
}
