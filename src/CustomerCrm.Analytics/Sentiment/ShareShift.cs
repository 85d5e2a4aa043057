namespace CustomerCrm.Analytics.Sentiment;

/// <summary>
/// Whether a share has changed by more than chance: the two-proportion z test with the pooled share, at three standard deviations, which chance alone
/// exceeds once in about 370 looks; and by at least ten points, since with many a difference may be certain and mean nothing.
/// </summary>
public readonly record struct ShareShift
{
    internal const int FewestNow = 20, FewestBefore = 50;
    private const double LeastDeviations = 3, LeastDifference = 0.1;

    private ShareShift(double difference, double deviations) => (Difference, Deviations) = (difference, deviations);

    /// <summary>The share now less the share before.</summary>
    public double Difference { get; }

    /// <summary>The same in standard deviations of what chance does.</summary>
    public double Deviations { get; }

    /// <summary>Whether it is one that somebody should hear of.</summary>
    public bool IsSudden => Math.Abs(Deviations) >= LeastDeviations && Math.Abs(Difference) >= LeastDifference;

    /// <returns>Null where there is too little to say: fewer than 20 now or 50 before, or a share that is 0 or 1 in both.</returns>
    public static ShareShift? Between(Rate before, Rate now)
    {
        if (now.N < FewestNow || before.N < FewestBefore) return null;
        var pooled = (double)(before.Count + now.Count) / (before.N + now.N);
        var variance = pooled * (1 - pooled) * ((1.0 / before.N) + (1.0 / now.N));
        if (variance <= 0) return null;
        var difference = now.Value!.Value - before.Value!.Value;
        return new ShareShift(difference, difference / Math.Sqrt(variance));
    }
}
