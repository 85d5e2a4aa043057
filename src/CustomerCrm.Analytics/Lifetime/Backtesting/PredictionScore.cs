namespace CustomerCrm.Analytics.Lifetime;

/// <summary>How what was foretold of each customer compares with what happened.</summary>
public sealed record PredictionScore
{
    public required double Predicted { get; init; }

    public required double Actual { get; init; }

    /// <summary>How much too much was foretold in all, as a share of what happened: −0.1 is a tenth too little. Null when nothing happened.</summary>
    public double? Bias => Actual > 0 ? (Predicted / Actual) - 1 : null;

    /// <summary>Of one customer.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>The root of the mean squared error of one customer.</summary>
    public required double RootMeanSquareError { get; init; }

    /// <summary>
    /// The share of what happened that is of the tenth of customers of whom most was foretold. Null when nothing happened, or the same was
    /// foretold of all.
    /// </summary>
    public required double? TopTenthShare { get; init; }

    public static PredictionScore Of(double[] predicted, double[] actual)
    {
        double error = 0, squares = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            var off = predicted[i] - actual[i];
            error += Math.Abs(off);
            squares += off * off;
        }

        var n = Math.Max(1, actual.Length);
        return new PredictionScore
        {
            Predicted = predicted.Sum(),
            Actual = actual.Sum(),
            MeanAbsoluteError = error / n,
            RootMeanSquareError = Math.Sqrt(squares / n),
            TopTenthShare = TopShareOf(predicted, actual, (actual.Length + 9) / 10),
        };
    }

    // Of customers of whom the same was foretold, each is as likely as the next to be among the best: they share the places that are left.
    private static double? TopShareOf(double[] predicted, double[] actual, int places)
    {
        var total = actual.Sum();
        if (!(total > 0) || predicted.Max() - predicted.Min() <= 0) return null;

        var order = Enumerable.Range(0, predicted.Length).ToArray();
        Array.Sort(order, (a, b) => predicted[b].CompareTo(predicted[a]));
        var share = 0.0;
        for (int from = 0, to; from < places; from = to)
        {
            var sum = 0.0;
            for (to = from; to < order.Length && predicted[order[to]] == predicted[order[from]]; to++) sum += actual[order[to]];
            share += sum * Math.Min(to - from, places - from) / (to - from);
        }

        return share / total;
    }
}
