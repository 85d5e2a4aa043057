using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// Maximum-likelihood fits. Deterministic, never throws on data, and says what it could not do: the codes are
/// <c>no_customers</c>, <c>no_time</c>, <c>no_repeaters</c>, <c>too_few_repeaters</c>, <c>no_dropout</c>,
/// <c>no_interior_maximum</c>, <c>not_converged</c> and <c>sufficient</c>.
/// </summary>
public static class PurchaseModelFitting
{
    /// <summary>With fewer repeat customers the four parameters are little more than a guess.</summary>
    public const int FewestRepeaters = 10;

    /// <summary>Beyond this many distinct histories the search starts on a sample and is only finished on all.</summary>
    private const int SampleFrom = 20_000;
    private const int SampleSize = 5_000;

    /// <summary>Parameters stay within e^±11 of 1 (of the mean age, for those that are times).</summary>
    private const double Reach = 59_874;

    /// <summary>All three models; the distinct histories are found once.</summary>
    public static IReadOnlyList<ModelFit> FitAll(ReadOnlySpan<CustomerSummary> customers)
    {
        var histories = DistinctHistories.Of(customers);
        return [.. Enum.GetValues<ModelKind>().Select(kind => Fit(kind, histories))];
    }

    public static ModelFit Fit(ModelKind kind, ReadOnlySpan<CustomerSummary> customers) => Fit(kind, DistinctHistories.Of(customers));

    internal static ModelFit Fit(ModelKind kind, DistinctHistories histories)
    {
        var missing = FitReasons.Missing(histories);
        return missing is null ? Search(kind, histories) : Result(kind, histories, null, missing);
    }

    private static ModelFit Search(ModelKind kind, DistinctHistories histories)
    {
        var age = histories.TotalAge / histories.Customers;
        var rate = histories.Purchases / histories.TotalAge;
        double[] unit = kind == ModelKind.ParetoNbd ? [1, age, 1, age] : [1, age, 1, 1];
        var lowest = Array.ConvertAll(unit, u => u / Reach);
        var highest = Array.ConvertAll(unit, u => u * Reach);

        var sample = histories.Count > SampleFrom ? histories.Sample(SampleSize) : histories;
        var best = Starts(kind, rate, age)
            .Select(start => NewtonAscent.Search(Likelihood(kind, sample), start, lowest, highest))
            .MaxBy(maximum => maximum.Value)!;
        if (sample != histories) best = NewtonAscent.Search(Likelihood(kind, histories), best.At, lowest, highest);
        return Result(kind, histories, best, FitReasons.Of(kind, best, age, histories));
    }

    /// <summary>Two places far apart: many who buy rarely and few who leave, and alike buyers of whom many leave.</summary>
    private static double[][] Starts(ModelKind kind, double rate, double age) => kind == ModelKind.ParetoNbd
        ? [[0.5, 0.4 / rate, 0.6, age / 3], [1.5, 1 / rate, 1.5, age]]
        : [[0.3, 0.15 / rate, 0.8, 2.5], [1.5, 1 / rate, 0.5, 1]];

    private static ILogLikelihood Likelihood(ModelKind kind, DistinctHistories histories) => kind switch
    {
        ModelKind.ParetoNbd => new ParetoLikelihood(histories),
        ModelKind.BgNbd => new BetaGeometricLikelihood(histories, firstChance: 0),
        _ => new BetaGeometricLikelihood(histories, firstChance: 1),
    };

    private static ModelFit Result(ModelKind kind, DistinctHistories histories, Maximum? maximum, Sufficiency sufficiency) => new()
    {
        Kind = kind,
        Model = maximum is null ? null : Model(kind, maximum.At),
        LogLikelihood = maximum?.Value ?? 0,
        StandardErrors = maximum is { IsInterior: true } ? maximum.StandardErrors : null,
        Customers = (int)histories.Customers,
        Repeaters = (int)histories.Repeaters,
        Iterations = maximum?.Iterations ?? 0,
        Sufficiency = sufficiency,
    };

    private static PurchaseModel Model(ModelKind kind, double[] p) => kind switch
    {
        ModelKind.ParetoNbd => new ParetoNbd(p[0], p[1], p[2], p[3]),
        ModelKind.BgNbd => new BgNbd(p[0], p[1], p[2], p[3]),
        _ => new MbgNbd(p[0], p[1], p[2], p[3]),
    };
}
