using CustomerCrm.Analytics.Estimates;
using CustomerCrm.Reports.Days;
using CustomerCrm.Reports.Facts;

namespace CustomerCrm.Reports.Figures;

/// <summary>Pure: times as the database counted them, and the figures that come of them: mean, median and 90th percentile.</summary>
internal sealed class Durations
{
    private readonly Tally tally;
    private readonly IReadOnlyList<double>? values;

    /// <param name="tally">How many there are in which bucket.</param>
    /// <param name="values">All of them in their order, where they are few enough to be read.</param>
    public Durations(Tally tally, IReadOnlyList<double>? values) => (this.tally, this.values, N) = (tally, values, tally.N);

    public static Durations Of(IEnumerable<double> all)
    {
        double[] values = [.. all.Order()];
        return new Durations(Tally.Of(values), values);
    }

    public long N { get; }

    public MeanEstimate Mean => MeanEstimate.Of(N, tally.Sum, tally.Squares);

    /// <summary>At a rank from 1; exact where all values were read, else the middle of a bucket, half a percent off at most.</summary>
    public double? At(long rank)
    {
        if (rank < 1 || rank > N) return null;
        if (values is not null) return values[(int)rank - 1];
        var passed = 0L;
        foreach (var (bucket, count) in tally.Buckets)
            if ((passed += count) >= rank) return DurationBucket.MiddleOf(bucket);
        return null;
    }

    /// <summary>Of an even number of values the median is the middle between two.</summary>
    public double? Median => N == 0 ? null : (At((N + 1) / 2) + At(N / 2 + 1)) / 2;

    public IEnumerable<ServiceFigure> Figures(string? hours, Durations before)
    {
        var (mean, median, p90) = (Mean, QuantileEstimate.Of(N, 0.5), QuantileEstimate.Of(N, 0.9));
        yield return new ServiceFigure { Measure = "mean", Hours = hours, Value = N == 0 ? null : Round(mean.Mean), Low = N < 2 ? null : Round(Math.Max(0, mean.Low)), High = N < 2 ? null : Round(mean.High), Method = "student_t", Before = before.N == 0 ? null : Round(before.Mean.Mean) };
        yield return new ServiceFigure { Measure = "median", Hours = hours, Value = Round(Median), Low = Round(At(median.LowRank)), High = Round(At(median.HighRank)), Method = "order_statistics", Before = Round(before.Median) };
        yield return new ServiceFigure { Measure = "p90", Hours = hours, Value = Round(At(p90.Rank)), Low = Round(At(p90.LowRank)), High = Round(At(p90.HighRank)), Method = "order_statistics", Before = Round(before.At(QuantileEstimate.Of(before.N, 0.9).Rank)) };
    }

    private static double? Round(double? value) => value is { } v ? Math.Round(v, 2) : null;
}
