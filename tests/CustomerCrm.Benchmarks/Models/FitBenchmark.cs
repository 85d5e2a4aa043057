using System.Diagnostics;
using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Benchmarks.Models;

/// <summary>How long a fit takes on one core, warm, with the histories in memory.</summary>
internal static class FitBenchmark
{
    public static void Run(Results results)
    {
        var sample = new Shoppers(seed: 1).BetaGeometric(2357); // as many as in the CDNOW sample, of the law fitted to it
        var million = new Shoppers(seed: 2).BetaGeometric(1_000_000);
        var paretoMillion = new Shoppers(seed: 3).Pareto(1_000_000);

        results.AddAtMost("BG/NBD fit, 2,357 customers", "median of 9", Milliseconds(9, ModelKind.BgNbd, sample), 50, "ms");
        results.AddAtMost("BG/NBD fit, 1,000,000 customers", "median of 3", Milliseconds(3, ModelKind.BgNbd, million) / 1000, 3, "s");
        results.AddAtMost("Pareto/NBD fit, 1,000,000 customers", "median of 3", Milliseconds(3, ModelKind.ParetoNbd, paretoMillion) / 1000, 12, "s");
    }

    private static double Milliseconds(int times, ModelKind kind, CustomerSummary[] customers)
    {
        Fit(kind, customers); // warm
        return Results.Median(Enumerable.Range(0, times).Select(_ =>
        {
            var watch = Stopwatch.StartNew();
            Fit(kind, customers);
            return watch.Elapsed.TotalMilliseconds;
        }));
    }

    private static void Fit(ModelKind kind, CustomerSummary[] customers)
    {
        if (PurchaseModelFitting.Fit(kind, customers).Model is null) throw new InvalidOperationException("The model was not fitted.");
    }
}
