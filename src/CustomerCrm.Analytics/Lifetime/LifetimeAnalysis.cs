namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// Everything the lifetime figures of one shop need, as of one day: the three fits, the spend model, how they did on a holdout,
/// and which of them is chosen.
/// </summary>
public sealed record LifetimeAnalysis
{
    public required DateOnly AsOf { get; init; }

    /// <summary>The first day with a purchase; null when there is none.</summary>
    public required DateOnly? From { get; init; }

    public required IReadOnlyList<CustomerSummary> Customers { get; init; }

    /// <summary>All three, in the order of <see cref="ModelKind"/>.</summary>
    public required IReadOnlyList<ModelFit> Fits { get; init; }

    public required SpendFit Spend { get; init; }

    public required HoldoutReport Holdout { get; init; }

    /// <summary>
    /// The model with the better holdout likelihood, or, when nothing could be held out, with the better likelihood of all the
    /// data (all three have four parameters); null when none can be fitted. A model fitted to enough comes before one that is not.
    /// </summary>
    public required ModelKind? Chosen { get; init; }

    /// <summary><c>holdout_likelihood</c> or <c>likelihood</c>; null when nothing is chosen.</summary>
    public required string? ChosenBy { get; init; }

    /// <param name="purchases">Of all customers; later ones than <paramref name="asOf"/> are ignored.</param>
    /// <param name="asOf">The last day that is known.</param>
    public static LifetimeAnalysis Of(ReadOnlySpan<Purchase> purchases, DateOnly asOf) => Of(PurchaseDays.From(purchases, asOf));

    public static LifetimeAnalysis Of(PurchaseDays purchases)
    {
        var customers = CustomerSummaries.Of(purchases);
        var fits = PurchaseModelFitting.FitAll(customers);
        var holdout = Lifetime.Holdout.Run(purchases, Lifetime.Holdout.CalibrationEnd(purchases));
        var (chosen, by) = ModelChoice.Of(fits, holdout);
        return new LifetimeAnalysis
        {
            AsOf = purchases.Through,
            From = purchases.First,
            Customers = customers,
            Fits = fits,
            Spend = SpendFitting.Fit(customers),
            Holdout = holdout,
            Chosen = chosen,
            ChosenBy = by,
        };
    }

    public ModelFit Fit(ModelKind kind) => Fits[(int)kind];

    /// <summary>Null when the model asked for, or any, could not be fitted; its <see cref="ModelFit.Sufficiency"/> says why.</summary>
    public CustomerForecast? Forecast(in CustomerSummary customer, ForecastTerms terms, ModelKind? kind = null) =>
        (kind ?? Chosen) is { } wanted && Fit(wanted).Model is { } model ? CustomerForecast.Of(model, Spend, customer, terms) : null;

    /// <summary>
    /// The forecast of every customer, in the order of <see cref="Customers"/>; none when there is no model. Customers with the
    /// same history, above all those who bought once on the same day, share one forecast.
    /// </summary>
    public IEnumerable<(CustomerSummary Customer, CustomerForecast Forecast)> Forecasts(ForecastTerms terms, ModelKind? kind = null)
    {
        var known = new Dictionary<CustomerSummary, CustomerForecast>();
        foreach (var customer in Customers)
        {
            var history = customer with { Customer = 0 };
            if (!known.TryGetValue(history, out var forecast))
            {
                if (Forecast(customer, terms, kind) is not { } made) yield break;
                known.Add(history, forecast = made);
            }

            yield return (customer, forecast);
        }
    }
}
