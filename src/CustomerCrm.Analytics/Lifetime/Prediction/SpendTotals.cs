using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The predictive distribution of a customer's total spend over a horizon. Given y purchases and the customer's ν, the total is
/// Gamma(p y, ν); with ν's posterior Gamma(q + p x, v + x m) the total over (v + x m) is beta prime (p y, q + p x), whose
/// distribution function is an incomplete beta function (Fader and Hardie 2013 give the densities). Mixed over the distribution
/// of y this is exact, and needs no simulation. The one discount stands for all purchases alike: it is the mean
/// discount of the purchases expected, while the true one differs a little from purchase to purchase.
/// </summary>
internal sealed class SpendTotals
{
    /// <summary>A difference in probability that no interval would show.</summary>
    private const double Negligible = 1e-6;
    private const int MostBins = 96;
    private const double LessThanAnyCoin = 1e-20;

    private readonly double none;
    private readonly double shape;
    private readonly double scale;
    private readonly List<(double Shape, double LogBeta, double Probability)> bins = [];

    public SpendTotals(GammaGamma spend, in CustomerSummary customer, PurchaseCounts counts, double discount)
    {
        (shape, scale) = spend.Posterior(customer);
        scale *= discount;
        none = counts.Probability(0);

        // A heavy buyer's thousands of counts are taken together in some 64 bins of equal width.
        var last = counts.Quantile(1 - Negligible);
        var width = Math.Max(1, last / (MostBins * 2 / 3));
        for (var first = 1; first <= last; first += width)
        {
            var probability = counts.AtMost(Math.Min(last, first + width - 1)) - counts.AtMost(first - 1);
            if (probability < Negligible / 10) continue;
            var total = spend.P * (first + (width - 1) / 2.0);
            bins.Add((total, GammaFunctions.LogBeta(total, shape), probability));
        }
    }

    public PredictiveInterval Interval(double level)
    {
        var (lowTail, highTail) = PredictiveInterval.Tails(level, none);
        double low = Quantile(lowTail), high = Quantile(highTail);
        if (low < scale * LessThanAnyCoin) low = 0;
        return new PredictiveInterval(low, high, AtMost(high) - (low > 0 ? AtMost(low) : 0));
    }

    public double AtMost(double total)
    {
        if (total < 0) return 0;
        var at = total / (total + scale);
        var sum = none;
        foreach (var (totalShape, logBeta, probability) in bins)
            sum += probability * IncompleteBeta.Regularised(totalShape, shape, at, logBeta);
        return Math.Min(1, sum);
    }

    /// <summary>By the Illinois variant of false position in ln(total), to a millionth of the total.</summary>
    public double Quantile(double probability)
    {
        if (probability <= none || bins.Count == 0) return 0;
        double Miss(double y) => AtMost(scale * Math.Exp(y)) - probability;

        var (low, high) = Bracket(Miss);
        double missLow = Miss(low), missHigh = Miss(high);
        if (missLow >= 0) return scale * Math.Exp(low);

        var keptLow = 0;
        for (var i = 0; i < 60 && high - low > 1e-6 && missHigh > missLow; i++)
        {
            var y = (low * missHigh - high * missLow) / (missHigh - missLow);
            if (!(y > low && y < high)) y = (low + high) / 2;
            var miss = Miss(y);
            if (Math.Abs(miss) < Negligible / 10) return scale * Math.Exp(y);

            // An end that is kept twice running has its miss halved, or it would be kept for ever.
            if (miss < 0)
            {
                (low, missLow) = (y, miss);
                if (keptLow < 0) missHigh /= 2;
                keptLow = -1;
            }
            else
            {
                (high, missHigh) = (y, miss);
                if (keptLow > 0) missLow /= 2;
                keptLow = 1;
            }
        }

        return scale * Math.Exp(high);
    }

    private static (double Low, double High) Bracket(Func<double, double> miss)
    {
        double high = 0;
        while (high < 40 && miss(high) < 0) high += 1;
        var low = high - 1;
        while (low > -60 && miss(low) >= 0) (low, high) = (low - 2, low);
        return (low, high);
    }
}
