using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Insights.Backtests;

/// <summary>
/// What a look back found. Purchases are days on which a customer bought; what is said of spend is in minor units of the currency. It is stored as
/// this JSON: a member may be added, but not taken away.
/// </summary>
public sealed record BacktestResult
{
    /// <summary>Customers with a purchase by <c>fit_to</c>: those of whom something was foretold.</summary>
    public required int N { get; init; }

    /// <summary>Those of them who had bought on a second day.</summary>
    public required int Repeaters { get; init; }

    /// <summary>The days that were foretold.</summary>
    public required int Days { get; init; }

    /// <summary>Orders left out because they are in another currency and state no rate.</summary>
    public required int LeftOut { get; init; }

    public required string TimeZone { get; init; }
    public required string Currency { get; init; }

    /// <summary>The model that would have been chosen on that day; null when none could be fitted.</summary>
    public ModelKind? Chosen { get; init; }

    public required BacktestJudgement Verdict { get; init; }

    /// <summary>Those that could be fitted.</summary>
    public required IReadOnlyList<TestedModel> Models { get; init; }

    /// <summary>What one would say without a model; none where there was nobody.</summary>
    public required IReadOnlyList<TestedRule> PlainRules { get; init; }
}

/// <summary>What to make of it.</summary>
public sealed record BacktestJudgement
{
    public required VerdictCode Code { get; init; }

    /// <summary>In plain words.</summary>
    /// <example>Use it: its errors are smaller than those of every plain rule, by more than chance.</example>
    public required string Detail { get; init; }

    /// <summary>The plain rule with the smallest error: what the model is measured by.</summary>
    public PlainRule? BestRule { get; init; }

    /// <summary><c>spend</c>, or <c>purchases</c> where nothing was spent: whose squared errors are compared, customer by customer.</summary>
    /// <example>spend</example>
    public required string JudgedBy { get; init; }

    /// <summary>Whether the chosen model rests on enough.</summary>
    public required Reason Reason { get; init; }
}

/// <summary>How one model did.</summary>
public sealed record TestedModel
{
    public required ModelKind Model { get; init; }
    public required bool Chosen { get; init; }
    public required TestScore Purchases { get; init; }
    public required TestScore Spend { get; init; }

    /// <summary>Whether as much was foretold as happened, of customers who had bought again 0, 1, 2 … times.</summary>
    public required IReadOnlyList<TestedClass> Calibration { get; init; }

    public required bool Sufficient { get; init; }
    public required Reason Reason { get; init; }
}

/// <summary>How one plain rule did.</summary>
public sealed record TestedRule
{
    public required PlainRule Rule { get; init; }
    public required TestScore Purchases { get; init; }
    public required TestScore Spend { get; init; }
}

/// <summary>What was foretold of all customers, beside what happened.</summary>
public sealed record TestScore
{
    public required double Predicted { get; init; }
    public required double Actual { get; init; }

    /// <summary>How much too much was foretold, as a share of what happened: -0.1 is a tenth too little. Null when nothing happened.</summary>
    public required double? Bias { get; init; }

    /// <summary>Of one customer.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>The root of the mean squared error of one customer.</summary>
    public required double Rmse { get; init; }

    /// <summary>The share of what happened that is of the tenth of customers of whom most was foretold. Null when the same was foretold of all, or nothing happened.</summary>
    public required double? TopTenthShare { get; init; }
}

/// <summary>Customers who had bought again equally often, by <c>fit_to</c>.</summary>
public sealed record TestedClass
{
    /// <summary>Repeat purchases; 7 stands for 7 or more.</summary>
    public required int Frequency { get; init; }

    public required int N { get; init; }

    /// <summary>Of one customer.</summary>
    public required double PredictedPurchases { get; init; }

    public required double ActualPurchases { get; init; }

    /// <summary>Of one customer.</summary>
    public required double PredictedSpend { get; init; }

    public required double ActualSpend { get; init; }
}
