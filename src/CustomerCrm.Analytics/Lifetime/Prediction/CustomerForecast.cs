namespace CustomerCrm.Analytics.Lifetime;

/// <summary>What is expected of one customer, with the intervals that the same model gives.</summary>
public sealed record CustomerForecast
{
    public required ModelKind Kind { get; init; }

    public required double ProbabilityAlive { get; init; }

    /// <summary>Purchases expected within the terms, and the interval of their number.</summary>
    public required double ExpectedPurchases { get; init; }

    public required PredictiveInterval Purchases { get; init; }

    /// <summary>Of one coming purchase.</summary>
    public required double ExpectedSpend { get; init; }

    /// <summary>The discounted value of the coming months, and the interval of what will be spent, discounted.</summary>
    public required double Value { get; init; }

    public required PredictiveInterval ValueInterval { get; init; }

    /// <summary>
    /// Without a spend model, spend is taken as known and only the number of purchases as uncertain: the interval is then too
    /// narrow, which <see cref="SpendFit.Sufficiency"/> says.
    /// </summary>
    public static CustomerForecast Of(PurchaseModel model, SpendFit spend, in CustomerSummary customer, ForecastTerms terms)
    {
        var (plain, discounted) = LifetimeValue.DiscountedPurchases(model, customer, terms);
        var counts = model.Counts(customer, terms.Weeks);
        var purchases = counts.Interval(terms.Level);
        var expectedSpend = spend.ExpectedSpend(customer);
        var meanDiscount = plain > 0 && discounted > 0 ? discounted / plain : 1;
        return new CustomerForecast
        {
            Kind = model.Kind,
            ProbabilityAlive = model.ProbabilityAlive(customer),
            ExpectedPurchases = plain,
            Purchases = purchases,
            ExpectedSpend = expectedSpend,
            Value = discounted * expectedSpend,
            ValueInterval = spend.Model is null
                ? new PredictiveInterval(purchases.Low * expectedSpend * meanDiscount, purchases.High * expectedSpend * meanDiscount, purchases.Mass)
                : new SpendTotals(spend.Model, customer, counts, meanDiscount).Interval(terms.Level),
        };
    }
}
