namespace CustomerCrm.Analytics.Lifetime;

/// <summary>How well one model, fitted to the time before, foretold the holdout.</summary>
public sealed record HoldoutScore
{
    public required ModelKind Kind { get; init; }

    /// <summary>
    /// Σ over customers of ln P(Y = y | x, t_x, T): y is the number of days the customer bought on in the holdout and P the model's
    /// predictive distribution at the parameters fitted before it. This is what models are chosen by; higher is better.
    /// </summary>
    public required double LogPredictive { get; init; }

    public required double ExpectedPurchases { get; init; }

    public required double ActualPurchases { get; init; }

    /// <summary>Mean absolute error of a customer's expected purchases.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>The share of customers whose purchases fell within their interval.</summary>
    public required Rate PurchaseCoverage { get; init; }

    /// <summary>What that share would be if the model were exactly right: above the level, since counts are whole.</summary>
    public required double ExpectedPurchaseCoverage { get; init; }

    /// <summary>The same for what they spent, undiscounted; of nobody when there is no spend model.</summary>
    public required Rate SpendCoverage { get; init; }

    public required double ExpectedSpendCoverage { get; init; }
}
