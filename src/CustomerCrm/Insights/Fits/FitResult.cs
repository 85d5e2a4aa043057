using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Insights.Fits;

/// <summary>
/// What a run found. Parameters that are money, and the observed mean, are in whole units of the currency (dollars, not cents);
/// what ends in minor is in its minor units. It is stored as this JSON: a member may be added, but not taken away.
/// </summary>
public sealed record FitResult
{
    /// <summary>The day of the first purchase; null when there is none.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Customers with a purchase.</summary>
    public required int N { get; init; }

    /// <summary>Those who bought on a second day.</summary>
    public required int Repeaters { get; init; }

    /// <summary>Orders that count and whose spend is known.</summary>
    public required int Orders { get; init; }

    /// <summary>Orders left out because they are in another currency and state no rate.</summary>
    public required int LeftOut { get; init; }

    public required string TimeZone { get; init; }
    public required string Currency { get; init; }

    /// <summary>d, per month.</summary>
    public required double DiscountRate { get; init; }

    /// <summary>Of expected purchases and value: 12, of 4.345 weeks each.</summary>
    public required int HorizonMonths { get; init; }

    /// <summary><c>maximum_likelihood</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Null when no model could be fitted.</summary>
    public ModelKind? Chosen { get; init; }

    /// <summary><c>holdout_likelihood</c>, or <c>likelihood</c> where nothing could be held out; null when nothing is chosen.</summary>
    public string? ChosenBy { get; init; }

    /// <summary>Whether the values of the chosen model rest on enough: its fit and that of spend.</summary>
    public required bool Sufficient { get; init; }

    public required Reason Reason { get; init; }

    /// <summary>All three.</summary>
    public required IReadOnlyList<FittedModel> Models { get; init; }

    public required FittedSpend Spend { get; init; }
    public required HeldOut Holdout { get; init; }
    public required RetentionBounds RetentionBounds { get; init; }

    public FittedModel Model(ModelKind kind) => Models[(int)kind];
}

/// <summary>One of the three models of when customers buy and leave.</summary>
public sealed record FittedModel
{
    public required ModelKind Model { get; init; }
    public required bool Chosen { get; init; }

    /// <summary>By the names of the papers; null when nothing could be fitted.</summary>
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    /// <summary>Null where the likelihood has no peak to measure.</summary>
    public IReadOnlyDictionary<string, double>? StandardErrors { get; init; }

    public double? LogLikelihood { get; init; }

    /// <summary>Of all customers together, within the horizon.</summary>
    public double? TotalExpectedPurchases { get; init; }

    /// <summary>The discounted value of all customers' coming twelve months.</summary>
    public long? TotalCltvMinor { get; init; }

    /// <summary>How it did on time it had not seen; null when it could not be tried.</summary>
    public HeldOutModel? Holdout { get; init; }

    public required bool Sufficient { get; init; }
    public required Reason Reason { get; init; }
}

/// <summary>The Gamma-Gamma model of what a purchase comes to.</summary>
public sealed record FittedSpend
{
    /// <summary>p, q and v, for amounts in whole units of the currency; null when it could not be fitted: then observed means are used.</summary>
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    public IReadOnlyDictionary<string, double>? StandardErrors { get; init; }
    public double? LogLikelihood { get; init; }

    /// <summary>Repeat customers with a positive mean spend: those it is fitted to.</summary>
    public required int N { get; init; }

    /// <summary>Repeat customers whose repeat purchases were all free.</summary>
    public required int WithoutSpend { get; init; }

    public required double ObservedMean { get; init; }

    /// <summary>Between how often and how much, which the model assumes to be unrelated; with its 95 % interval.</summary>
    public required double Correlation { get; init; }

    public required double CorrelationLow { get; init; }
    public required double CorrelationHigh { get; init; }
    public required bool Sufficient { get; init; }
    public required Reason Reason { get; init; }
}

/// <summary>The time kept from the models, to try them on.</summary>
public sealed record HeldOut
{
    /// <summary>The last day that the models saw in the trial.</summary>
    public required DateOnly CalibrationEnd { get; init; }

    public required DateOnly HoldoutEnd { get; init; }

    /// <summary>Customers scored.</summary>
    public required int N { get; init; }

    /// <summary>How probable the intervals should be.</summary>
    public required double Level { get; init; }

    public required bool Sufficient { get; init; }
    public required Reason Reason { get; init; }
}

/// <summary>How well a model, fitted to the time before, foretold the holdout.</summary>
public sealed record HeldOutModel
{
    /// <summary>The sum of ln P(purchases in the holdout); what models are chosen by. Higher is better.</summary>
    public required double LogLikelihood { get; init; }

    public required double ExpectedPurchases { get; init; }
    public required double ActualPurchases { get; init; }

    /// <summary>Of a customer's expected purchases.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>Customers whose purchases fell within their interval.</summary>
    public required RateFigure PurchaseCoverage { get; init; }

    /// <summary>What that share would be if the model were exactly right; above the level, because counts are whole.</summary>
    public required double ExpectedPurchaseCoverage { get; init; }

    /// <summary>The same of what they spent.</summary>
    public required RateFigure SpendCoverage { get; init; }

    public required double ExpectedSpendCoverage { get; init; }
}
