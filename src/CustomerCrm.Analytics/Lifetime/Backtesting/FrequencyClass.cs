namespace CustomerCrm.Analytics.Lifetime;

/// <summary>Customers who had bought again equally often: whether, of each kind of customer, as much was foretold as happened.</summary>
public sealed record FrequencyClass
{
    /// <summary>Repeat purchases are counted up to here; the last class is of all who had more.</summary>
    public const int Most = 7;

    /// <summary>Repeat purchases before; <see cref="Most"/> for that many or more.</summary>
    public required int Frequency { get; init; }

    public required int Customers { get; init; }

    /// <summary>Purchases of one customer.</summary>
    public required double PredictedPurchases { get; init; }

    public required double ActualPurchases { get; init; }

    /// <summary>What one customer spent.</summary>
    public required double PredictedSpend { get; init; }

    public required double ActualSpend { get; init; }

    internal static IReadOnlyList<FrequencyClass> Of(BacktestCustomer[] customers, Prediction[] predictions) =>
    [
        .. customers.Zip(predictions).GroupBy(pair => Math.Min(Most, pair.First.Before.Frequency)).OrderBy(group => group.Key).Select(group => new FrequencyClass
        {
            Frequency = group.Key,
            Customers = group.Count(),
            PredictedPurchases = group.Average(pair => pair.Second.Purchases),
            ActualPurchases = group.Average(pair => pair.First.Purchases),
            PredictedSpend = group.Average(pair => pair.Second.Spend),
            ActualSpend = group.Average(pair => pair.First.Spend),
        }),
    ];
}
