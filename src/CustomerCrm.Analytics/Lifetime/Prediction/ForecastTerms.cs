namespace CustomerCrm.Analytics.Lifetime;

/// <summary>What a forecast is for.</summary>
public sealed record ForecastTerms
{
    /// <summary>The length of a month in the weeks that the models count in.</summary>
    public const double WeeksPerMonth = 4.345;

    public int Months { get; init; } = 12;

    /// <summary>d: 0.01 is one per cent a month.</summary>
    public double MonthlyDiscount { get; init; } = 0.01;

    /// <summary>How probable the intervals should be.</summary>
    public double Level { get; init; } = 0.8;

    public double Weeks => Months * WeeksPerMonth;
}
