using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// The Gamma-Gamma model by maximum likelihood. Codes: <c>no_spend</c>, <c>no_mean</c>, <c>no_interior_maximum</c>,
/// <c>not_converged</c>, <c>too_few_repeaters</c>, <c>spend_depends_on_frequency</c> and <c>sufficient</c>.
/// </summary>
public static class SpendFitting
{
    /// <summary>The independence the model assumes counts as broken when the whole interval of the correlation is beyond this.</summary>
    public const double WeakCorrelation = 0.1;

    private const int SampleFrom = 20_000;
    private const int SampleSize = 5_000;
    private const double Reach = 59_874;

    public static SpendFit Fit(ReadOnlySpan<CustomerSummary> customers)
    {
        var x = new List<int>();
        var m = new List<double>();
        var withoutSpend = 0;
        foreach (ref readonly var customer in customers)
        {
            if (GammaGamma.HasSpend(customer))
            {
                x.Add(customer.Frequency);
                m.Add(customer.MeanSpend);
            }
            else if (customer.Frequency > 0)
            {
                withoutSpend++;
            }
        }

        var mean = m.Count == 0 ? 0 : m.Average();
        var maximum = m.Count == 0 || !double.IsFinite(mean) ? null : Search([.. x], [.. m.Select(spend => spend / mean)]);
        var correlation = Correlation.Of([.. x], [.. m]);
        return new SpendFit
        {
            Model = maximum is null || maximum.At[1] <= 1 ? null : new GammaGamma(maximum.At[0], maximum.At[1], maximum.At[2] * mean),
            LogLikelihood = maximum is null ? 0 : maximum.Value - m.Count * Math.Log(mean),
            StandardErrors = maximum is { IsInterior: true, StandardErrors: { } e } ? [e[0], e[1], e[2] * mean] : null,
            Customers = m.Count,
            WithoutSpend = withoutSpend,
            ObservedMean = double.IsFinite(mean) ? mean : 0,
            Correlation = correlation,
            Sufficiency = Reason(maximum, m.Count, correlation),
        };
    }

    /// <summary>In units of the mean spend, so that cents and yen are searched alike.</summary>
    private static Maximum Search(int[] x, double[] m)
    {
        double[] lowest = [1 / Reach, 1 / Reach, 1 / Reach], highest = [Reach, Reach, Reach];
        var stride = x.Length > SampleFrom ? x.Length / SampleSize : 1;
        var all = new SpendLikelihood(x, m);
        var sample = stride == 1 ? all : new SpendLikelihood([.. x.Where((_, i) => i % stride == 0)], [.. m.Where((_, i) => i % stride == 0)]);

        double[][] starts = [[2, 4, 1.5], [8, 3, 0.3]];
        var best = starts.Select(start => NewtonAscent.Search(sample, start, lowest, highest)).MaxBy(maximum => maximum.Value)!;
        return stride == 1 ? best : NewtonAscent.Search(all, best.At, lowest, highest);
    }

    private static Sufficiency Reason(Maximum? maximum, int customers, Correlation correlation)
    {
        if (maximum is null)
            return Sufficiency.Lacks("no_spend", "No customer has spent anything on a repeat purchase.");
        if (!maximum.IsInterior)
            return Sufficiency.Lacks("no_interior_maximum", "The spends are too much alike: the likelihood rises without end, or is as good as level as far as is searched, so the parameters cannot be told.");
        if (!maximum.IsConverged || maximum.StandardErrors is null)
            return Sufficiency.Lacks("not_converged", "The search for the most likely spend parameters did not settle on a peak.");
        if (maximum.At[1] <= 1)
            return Sufficiency.Lacks("no_mean", "A few spends are so large that the model has no finite mean; the observed mean is used.");
        if (customers < PurchaseModelFitting.FewestRepeaters)
            return Sufficiency.Lacks("too_few_repeaters", $"Fewer than {PurchaseModelFitting.FewestRepeaters} customers have spent something on a repeat purchase.");
        return correlation.Low > WeakCorrelation || correlation.High < -WeakCorrelation
            ? Sufficiency.Lacks("spend_depends_on_frequency", "Customers who buy more often spend differently, which the model assumes they do not; values of frequent buyers are off.")
            : Sufficiency.Enough;
    }
}
