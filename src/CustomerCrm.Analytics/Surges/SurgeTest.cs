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
    public static double Chance(int count, IReadOnlyList<int> before) => Chance(count, before, 1, [.. before.Select(_ => 1)]);

    /// <summary>The same, allowing for how much there was of everything.</summary>
    /// <param name="count">Of the period that is asked about.</param>
    /// <param name="before">Of periods before it; at least one.</param>
    /// <param name="size">How much there was in the period: all tickets, say.</param>
    /// <param name="sizes">And in those before it; of one that had nothing, nothing is learnt.</param>
    /// <exception cref="ArgumentException">No period before it, a count below 0, or as many sizes as periods are not there.</exception>
    public static double Chance(int count, IReadOnlyList<int> before, int size, IReadOnlyList<int> sizes)
    {
        if (before.Count == 0 || count < 0 || before.Any(b => b < 0) || sizes.Count != before.Count) throw new ArgumentException("Counts of at least one period before it, none below 0, and a size for each.", nameof(before));
        var sizesBefore = sizes.Sum(s => (long)s);
        if (count == 0 || size <= 0 || sizesBefore <= 0) return 1;
        // P(X >= count) of a binomial with n = count + total, and the period's part of everything.
        var poisson = IncompleteBeta.Regularised(count, before.Sum(b => (long)b) + 1, (double)size / (size + sizesBefore));
        return Math.Max(poisson, Overdispersed(count, [.. before.Zip(sizes).Where(b => b.Second > 0).Select(b => (double)b.First * size / b.Second)]));
    }

    private static double Overdispersed(int count, double[] before)
    {
        if (before.Length < 2) return 0;
        var mean = before.Average();
        var variance = before.Sum(b => (b - mean) * (b - mean)) / (before.Length - 1);
        if (mean <= 0 || variance <= mean) return 0;
        var shape = mean * mean / (variance - mean);
        // P(X >= count) of a negative binomial (Abramowitz and Stegun 1964, 26.5.26).
        return IncompleteBeta.Regularised(count, shape, mean / (mean + shape));
    }
}
