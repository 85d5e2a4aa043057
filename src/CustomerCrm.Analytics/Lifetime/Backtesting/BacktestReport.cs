namespace CustomerCrm.Analytics.Lifetime;

/// <summary>The value models and the plain rules, as of a day that is past, beside what happened since.</summary>
public sealed record BacktestReport
{
    /// <summary>The last day that models and rules were shown.</summary>
    public required DateOnly FitTo { get; init; }

    /// <summary>The last day of what they were to foretell.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Everyone first seen by <see cref="FitTo"/>.</summary>
    public required int Customers { get; init; }

    public required int Repeaters { get; init; }

    /// <summary>The model that would have been chosen on that day; null when none could be fitted.</summary>
    public required ModelKind? Chosen { get; init; }

    /// <summary>Those that could be fitted.</summary>
    public required IReadOnlyList<BacktestModel> Models { get; init; }

    /// <summary>All three.</summary>
    public required IReadOnlyList<BacktestRule> Rules { get; init; }

    public required BacktestVerdict Verdict { get; init; }
}

/// <summary>How one model did.</summary>
public sealed record BacktestModel
{
    public required ModelKind Kind { get; init; }

    public required PredictionScore Purchases { get; init; }

    /// <summary>Expected purchases, each at the customer's expected spend.</summary>
    public required PredictionScore Spend { get; init; }

    public required IReadOnlyList<FrequencyClass> Classes { get; init; }

    /// <summary>Whether its fit rests on enough.</summary>
    public required Sufficiency Sufficiency { get; init; }
}

/// <summary>How one plain rule did.</summary>
public sealed record BacktestRule
{
    public required PlainRule Rule { get; init; }

    public required PredictionScore Purchases { get; init; }

    public required PredictionScore Spend { get; init; }
}
