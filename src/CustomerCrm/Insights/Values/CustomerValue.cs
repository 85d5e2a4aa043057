using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Customers;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Insights.Values;

/// <summary>
/// What is expected of one customer by one model of one run, from the orders up to the run's day as they are now. Members of
/// the forecast are null when there is nothing to compute them from; <see cref="Reason"/> then says what is missing.
/// </summary>
public sealed record CustomerValue
{
    public required Id<Customer> CustomerId { get; init; }
    public Id<Fit>? FitId { get; init; }
    public DateOnly? AsOf { get; init; }

    /// <summary>The first day of the run's purchases; its last is <see cref="AsOf"/>.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The customers that the model was fitted to.</summary>
    public int N { get; init; }

    /// <summary><c>maximum_likelihood</c>.</summary>
    public string? Method { get; init; }

    public ModelKind? Model { get; init; }

    /// <summary>Whether it is the run's chosen model.</summary>
    public bool Chosen { get; init; }

    public string? Currency { get; init; }
    public int? HorizonMonths { get; init; }

    /// <summary>x: days with a purchase after the first one.</summary>
    public int? Frequency { get; init; }

    /// <summary>t_x: weeks from the first purchase to the last.</summary>
    public double? RecencyWeeks { get; init; }

    /// <summary>T: weeks from the first purchase to <see cref="AsOf"/>.</summary>
    public double? AgeWeeks { get; init; }

    /// <summary>Of a repeat purchase day.</summary>
    public long? MeanSpendMinor { get; init; }

    public double? ProbabilityAlive { get; init; }

    /// <summary>Within the horizon.</summary>
    public double? ExpectedPurchases { get; init; }

    public Interval? PurchasesInterval { get; init; }

    /// <summary>Of one coming purchase.</summary>
    public long? ExpectedSpendMinor { get; init; }

    /// <summary>The discounted value of the horizon's months.</summary>
    public long? CltvMinor { get; init; }

    public Interval? CltvIntervalMinor { get; init; }
    public required bool Sufficient { get; init; }
    public required Reason Reason { get; init; }

    internal static CustomerValue WithoutFit(Id<Customer> id) => new()
    {
        CustomerId = id,
        Sufficient = false,
        Reason = new Reason { Code = "no_fit", Detail = "No run of the models is finished yet." },
    };

    internal static CustomerValue Of(Id<Customer> id, Fit fit, Valuation valuation, ModelKind? wanted, CustomerSummary? summary)
    {
        var result = valuation.Result;
        var kind = wanted ?? result.Chosen;
        var value = new CustomerValue
        {
            CustomerId = id,
            FitId = fit.Id,
            AsOf = fit.AsOf,
            From = result.From,
            N = result.N,
            Method = result.Method,
            Model = kind,
            Chosen = kind is not null && kind == result.Chosen,
            Currency = result.Currency,
            HorizonMonths = result.HorizonMonths,
            Sufficient = false,
            Reason = new Reason { Code = "no_purchases", Detail = "The customer has no purchase up to this day." },
        };
        if (summary is not { } customer) return value;

        var lacking = kind is null ? result.Reason : result.Model(kind.Value) is { Sufficient: false } model ? model.Reason : result.Spend.Reason;
        value = value with
        {
            Frequency = customer.Frequency,
            RecencyWeeks = customer.Recency,
            AgeWeeks = customer.Age,
            MeanSpendMinor = valuation.ToMinor(customer.MeanSpend),
            Sufficient = lacking.ToSufficiency().IsSufficient,
            Reason = lacking,
        };
        return valuation.Forecast(customer, kind) is not { } forecast ? value : value with
        {
            ProbabilityAlive = forecast.ProbabilityAlive,
            ExpectedPurchases = forecast.ExpectedPurchases,
            PurchasesInterval = new Interval { Low = forecast.Purchases.Low, High = forecast.Purchases.High, Level = valuation.Terms.Level },
            ExpectedSpendMinor = valuation.ToMinor(forecast.ExpectedSpend),
            CltvMinor = valuation.ToMinor(forecast.Value),
            CltvIntervalMinor = new Interval
            {
                Low = valuation.ToMinor(forecast.ValueInterval.Low),
                High = valuation.ToMinor(forecast.ValueInterval.High),
                Level = valuation.Terms.Level,
            },
        };
    }
}

/// <summary>Where what is to come is expected to fall, with this probability; both ends belong to it.</summary>
public sealed record Interval
{
    public required double Low { get; init; }
    public required double High { get; init; }
    public required double Level { get; init; }
}
