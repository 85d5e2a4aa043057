namespace CustomerCrm.Analytics.Lifetime;

/// <summary>The spend model with its most likely parameters, and whether it may be relied upon.</summary>
public sealed record SpendFit
{
    /// <summary>Null when it cannot be fitted or has no mean; expected spend is then the observed one.</summary>
    public required GammaGamma? Model { get; init; }

    public required double LogLikelihood { get; init; }

    /// <summary>Of p, q, v; null when the likelihood has no peak to measure.</summary>
    public required IReadOnlyList<double>? StandardErrors { get; init; }

    /// <summary>Repeat customers with a positive mean spend: those the model is fitted to.</summary>
    public required int Customers { get; init; }

    /// <summary>Repeat customers left out because their mean spend is zero or below.</summary>
    public required int WithoutSpend { get; init; }

    /// <summary>Mean of the customers' mean spends; 0 when there are none.</summary>
    public required double ObservedMean { get; init; }

    /// <summary>Between how often and how much, which the model assumes to be unrelated.</summary>
    public required Correlation Correlation { get; init; }

    public required Sufficiency Sufficiency { get; init; }

    /// <summary>
    /// Expected spend of the customer's future purchases; without a model the customer's own mean, or the observed mean when he
    /// has none.
    /// </summary>
    public double ExpectedSpend(in CustomerSummary customer) =>
        Model?.ExpectedSpend(customer) ?? (GammaGamma.HasSpend(customer) ? customer.MeanSpend : ObservedMean);
}
