namespace CustomerCrm.Analytics.Estimates;

/// <summary>
/// The share of promoters less that of detractors (F. F. Reichheld 2003), in points from −100 to 100, with a 95 % interval of its own: the two shares are of one
/// sample, so the variance of their difference is p + d − (p − d)². The interval is the adjusted Wald interval that B. Rocks found best for it (2016,
/// "Interval Estimation for the Net Promoter Score", The American Statistician 70): three answers are added, ¾ of a promoter, ¾ of a detractor and the rest between
/// them, so that it is honest where nobody was a detractor, too.
/// </summary>
public readonly record struct NetPromoterScore
{
    private const double Z95 = 1.959963984540054, Added = 3, AddedEach = 0.75;

    private NetPromoterScore(long promoters, long passives, long detractors) => (Promoters, Passives, Detractors) = (promoters, passives, detractors);

    /// <summary>9 and 10.</summary>
    public long Promoters { get; }

    /// <summary>7 and 8.</summary>
    public long Passives { get; }

    /// <summary>0 to 6.</summary>
    public long Detractors { get; }

    public long N => Promoters + Passives + Detractors;

    /// <summary>In points; null when n is 0.</summary>
    public double? Value => N == 0 ? null : 100.0 * (Promoters - Detractors) / N;

    /// <summary>The interval is drawn to the middle; of very few answers it is widened to hold the score itself.</summary>
    public double Low => Value is { } value ? Math.Min(value, Math.Max(-100, 100 * (Centre - Margin))) : -100;

    public double High => Value is { } value ? Math.Max(value, Math.Min(100, 100 * (Centre + Margin))) : 100;

    private double Centre => (Promoters - Detractors) / (N + Added);

    private double Margin
    {
        get
        {
            var (p, d) = ((Promoters + AddedEach) / (N + Added), (Detractors + AddedEach) / (N + Added));
            return Z95 * Math.Sqrt((p + d - (p - d) * (p - d)) / (N + Added));
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">A count below 0.</exception>
    public static NetPromoterScore Of(long promoters, long passives, long detractors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(promoters);
        ArgumentOutOfRangeException.ThrowIfNegative(passives);
        ArgumentOutOfRangeException.ThrowIfNegative(detractors);
        return new NetPromoterScore(promoters, passives, detractors);
    }
}
