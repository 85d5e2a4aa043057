namespace CustomerCrm.Analytics.Lifetime;

/// <summary>The models tried on time they had not seen.</summary>
public sealed record HoldoutReport
{
    public required DateOnly CalibrationEnd { get; init; }

    public required DateOnly HoldoutEnd { get; init; }

    /// <summary>Customers scored: those first seen by the end of calibration, or evenly chosen ones of them when they are many.</summary>
    public required int Customers { get; init; }

    /// <summary>What the intervals were asked for.</summary>
    public required double Level { get; init; }

    /// <summary>Of the models that could be fitted before the holdout.</summary>
    public required IReadOnlyList<HoldoutScore> Scores { get; init; }

    /// <summary>The model with the highest <see cref="HoldoutScore.LogPredictive"/>; null when none could be fitted.</summary>
    public ModelKind? Best => Scores.Count == 0 ? null : Scores.MaxBy(score => score.LogPredictive)!.Kind;

    public required Sufficiency Sufficiency { get; init; }
}
