using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Analytics.Rfm;
using CustomerCrm.Customers;
using CustomerCrm.Insights.Values;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Insights.Fits;

/// <summary>A row of the table CustomerScores: where a customer stands by the last run that published.</summary>
internal sealed record CustomerScore
{
    public required Id<Customer> CustomerId { get; init; }
    public required Id<Fit> FitId { get; init; }
    public required DateOnly AsOf { get; init; }
    public required string Currency { get; init; }
    public required int PurchaseDays { get; init; }
    public required int DaysSinceLast { get; init; }
    public required long SpendMinor { get; init; }
    public required int RecencyScore { get; init; }
    public required int FrequencyScore { get; init; }
    public required int MonetaryScore { get; init; }
    public required RfmGroup RfmGroup { get; init; }
    public required RetentionState RetentionState { get; init; }
    public required ModelKind? Model { get; init; }
    public required double? ProbabilityAlive { get; init; }
    public required double? ExpectedPurchases { get; init; }
    public required int? PurchasesLow { get; init; }
    public required int? PurchasesHigh { get; init; }
    public required long? ExpectedSpendMinor { get; init; }
    public required long? CltvMinor { get; init; }
    public required long? CltvLowMinor { get; init; }
    public required long? CltvHighMinor { get; init; }
    public required bool IsSufficient { get; init; }
    public required string ReasonCode { get; init; }

    public static CustomerScore Of(Id<Customer> id, Fit fit, Valuation valuation, RfmScore rfm, CustomerForecast? forecast)
    {
        var result = valuation.Result;
        return new CustomerScore
        {
            CustomerId = id,
            FitId = fit.Id,
            AsOf = fit.AsOf,
            Currency = result.Currency,
            PurchaseDays = rfm.PurchaseDays,
            DaysSinceLast = rfm.DaysSinceLast,
            SpendMinor = valuation.ToMinor(rfm.Spend),
            RecencyScore = rfm.Recency,
            FrequencyScore = rfm.Frequency,
            MonetaryScore = rfm.Monetary,
            RfmGroup = rfm.Group,
            RetentionState = result.RetentionBounds.StateOf(rfm.PurchaseDays, rfm.DaysSinceLast),
            Model = forecast?.Kind,
            ProbabilityAlive = forecast?.ProbabilityAlive,
            ExpectedPurchases = forecast?.ExpectedPurchases,
            PurchasesLow = (int?)forecast?.Purchases.Low,
            PurchasesHigh = (int?)forecast?.Purchases.High,
            ExpectedSpendMinor = forecast is null ? null : valuation.ToMinor(forecast.ExpectedSpend),
            CltvMinor = forecast is null ? null : valuation.ToMinor(forecast.Value),
            CltvLowMinor = forecast is null ? null : valuation.ToMinor(forecast.ValueInterval.Low),
            CltvHighMinor = forecast is null ? null : valuation.ToMinor(forecast.ValueInterval.High),
            IsSufficient = result.Sufficient,
            ReasonCode = result.Reason.Code,
        };
    }
}
