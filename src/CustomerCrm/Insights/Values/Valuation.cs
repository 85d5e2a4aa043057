using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Money;

namespace CustomerCrm.Insights.Values;

/// <summary>Values of customers by the models of a finished run. Pure: the parameters are all it needs.</summary>
internal sealed class Valuation
{
    private readonly PurchaseModel?[] models;
    private readonly SpendFit spend;
    private readonly double unit;

    public Valuation(FitResult result)
    {
        Result = result;
        Terms = new ForecastTerms { Months = result.HorizonMonths, MonthlyDiscount = result.DiscountRate };
        models = [.. result.Models.Select(ModelOf)];
        spend = SpendOf(result.Spend);
        unit = Math.Pow(10, Currencies.MinorDigits(result.Currency));
    }

    public FitResult Result { get; }

    public ForecastTerms Terms { get; }

    /// <summary>Null when that model, or any, could not be fitted.</summary>
    public CustomerForecast? Forecast(in CustomerSummary customer, ModelKind? kind) =>
        kind is { } wanted && models[(int)wanted] is { } model ? CustomerForecast.Of(model, spend, customer, Terms) : null;

    /// <summary>Expected purchases and discounted value of all customers together, without their intervals.</summary>
    public (double Purchases, long CltvMinor)? Total(IReadOnlyList<CustomerSummary> customers, ModelKind kind)
    {
        if (models[(int)kind] is not { } model) return null;

        // Those who bought once differ in their age only, and are most of all.
        var once = new Dictionary<double, (double Purchases, double Value)>();
        double purchases = 0, value = 0;
        foreach (var customer in customers)
        {
            if (customer.Frequency > 0 || !once.TryGetValue(customer.Age, out var one))
            {
                one = (model.ExpectedPurchases(customer, Terms.Weeks), LifetimeValue.Of(model, customer, spend.ExpectedSpend(customer), Terms));
                if (customer.Frequency == 0) once.Add(customer.Age, one);
            }

            purchases += one.Purchases;
            value += one.Value;
        }

        return (purchases, ToMinor(value));
    }

    /// <summary>Rounded; what would not fit is the most that does.</summary>
    public long ToMinor(double amount) => (long)Math.Clamp(Math.Round(amount * unit), -9e18, 9e18);

    private static PurchaseModel? ModelOf(FittedModel fitted) => fitted.Parameters is not { } p ? null : fitted.Model switch
    {
        ModelKind.BgNbd => new BgNbd(p["r"], p["alpha"], p["a"], p["b"]),
        ModelKind.ParetoNbd => new ParetoNbd(p["r"], p["alpha"], p["s"], p["beta"]),
        _ => new MbgNbd(p["r"], p["alpha"], p["a"], p["b"]),
    };

    private static SpendFit SpendOf(FittedSpend fitted) => new()
    {
        Model = fitted.Parameters is { } p ? new GammaGamma(p["p"], p["q"], p["v"]) : null,
        LogLikelihood = fitted.LogLikelihood ?? 0,
        StandardErrors = null,
        Customers = fitted.N,
        WithoutSpend = fitted.WithoutSpend,
        ObservedMean = fitted.ObservedMean,
        Correlation = new Correlation(fitted.Correlation, fitted.CorrelationLow, fitted.CorrelationHigh, fitted.N),
        Sufficiency = fitted.Reason.ToSufficiency(),
    };
}
