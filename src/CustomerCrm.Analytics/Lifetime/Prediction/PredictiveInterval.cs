namespace CustomerCrm.Analytics.Lifetime;

/// <summary>
/// Where a figure that has yet to happen is expected to fall. Both ends leave out half of what the level leaves, unless nothing
/// at all is more likely than that half: the interval then begins at 0 and all that is left out is above it. The expected figure
/// may lie above the interval, when it comes from a small chance of much.
/// </summary>
/// <param name="Low">Included.</param>
/// <param name="High">Included.</param>
/// <param name="Mass">
/// The probability the model itself puts on the interval. Counts are whole and many customers buy nothing, so that an interval
/// asked for at 80 % often holds more; coverage on a holdout is to be compared with this.
/// </param>
public readonly record struct PredictiveInterval(double Low, double High, double Mass)
{
    public bool Holds(double actual) => actual >= Low && actual <= High;

    /// <summary>The probabilities whose quantiles are the ends.</summary>
    internal static (double Low, double High) Tails(double level, double probabilityOfNothing)
    {
        var tail = (1 - level) / 2;
        return probabilityOfNothing > tail ? (0, level) : (tail, 1 - tail);
    }
}
