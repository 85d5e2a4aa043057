using CustomerCrm.Analytics;

namespace CustomerCrm.Insights;

/// <summary>A share of customers with the 95 % interval of E. B. Wilson (1927).</summary>
public sealed record RateFigure
{
    /// <summary>Of fewer customers a share says little.</summary>
    internal const int Fewest = 10;

    public required int Count { get; init; }

    /// <summary>Of how many.</summary>
    public required int N { get; init; }

    /// <summary>Count over n; null when n is 0.</summary>
    public required double? Value { get; init; }

    /// <summary>The lower end of the interval.</summary>
    public required double Low { get; init; }

    /// <summary>The upper end of the interval.</summary>
    public required double High { get; init; }

    /// <summary>Whether n is at least 10.</summary>
    public required bool Sufficient { get; init; }

    internal static RateFigure Of(Rate rate) =>
        new() { Count = rate.Count, N = rate.N, Value = rate.Value, Low = rate.Low, High = rate.High, Sufficient = rate.N >= Fewest };

    /// <summary>Whether shares of so many customers say something at all.</summary>
    internal static Sufficiency Enough(int customers) => customers switch
    {
        0 => Sufficiency.Lacks("no_customers", "No customer has a purchase up to this day."),
        < Fewest => Sufficiency.Lacks("too_few_customers", $"Shares of fewer than {Fewest} customers say little."),
        _ => Sufficiency.Enough,
    };
}
