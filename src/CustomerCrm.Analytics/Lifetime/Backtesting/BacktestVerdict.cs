namespace CustomerCrm.Analytics.Lifetime;

/// <summary>Whether the chosen model is worth more than a plain rule.</summary>
public sealed record BacktestVerdict
{
    // One-sided, 5 %: a model that is no better is called better once in twenty shops.
    private const double Beyond = 1.645;

    public required VerdictCode Code { get; init; }

    /// <summary>The plain rule with the smallest error; null when there was nothing to compare.</summary>
    public required PlainRule? BestRule { get; init; }

    /// <summary>Judged by what customers spent; by how often they bought, where nothing was spent.</summary>
    public required bool IsBySpend { get; init; }

    /// <summary>Why there is not enough, else enough.</summary>
    public required Sufficiency Sufficiency { get; init; }

    /// <summary>Compares squared errors customer by customer: the model must be better by more than chance.</summary>
    internal static BacktestVerdict Of(Sufficiency sufficiency, bool isBySpend, double[] ofModel, IEnumerable<(PlainRule Rule, double[] Predicted)> ofRules, double[] actual)
    {
        if (actual.Length == 0) return new BacktestVerdict { Code = VerdictCode.NotEnoughData, BestRule = null, IsBySpend = isBySpend, Sufficiency = sufficiency };

        var (rule, plain) = ofRules.MinBy(one => SquaresOf(one.Predicted, actual).Sum());
        double[] gains = [.. SquaresOf(plain, actual).Zip(SquaresOf(ofModel, actual), (ofRule, ofIt) => ofRule - ofIt)];
        var mean = gains.Average();
        var deviation = Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / Math.Max(1, gains.Length - 1));
        return new BacktestVerdict
        {
            Code = !sufficiency.IsSufficient ? VerdictCode.NotEnoughData : mean > Beyond * deviation / Math.Sqrt(gains.Length) ? VerdictCode.UseIt : VerdictCode.NotBetter,
            BestRule = rule,
            IsBySpend = isBySpend,
            Sufficiency = sufficiency,
        };
    }

    private static IEnumerable<double> SquaresOf(double[] predicted, double[] actual) => predicted.Zip(actual, (p, a) => (p - a) * (p - a));
}

/// <summary>What to make of a back-test.</summary>
public enum VerdictCode
{
    /// <summary>Use it: the model's errors are smaller than those of every plain rule, by more than chance.</summary>
    UseIt,

    /// <summary>Not better than the plain rule here.</summary>
    NotBetter,

    /// <summary>The model could not be fitted, or rests on too little to be judged.</summary>
    NotEnoughData,
}
