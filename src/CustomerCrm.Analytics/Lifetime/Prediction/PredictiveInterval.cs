namespace CustomerCrm.Analytics.Lifetime;

/// <summary>Where a figure that has yet to happen is expected to fall.</summary>
/// <param name="Low">Included.</param>
/// <param name="High">Included.</param>
/// <param name="Mass">
/// The probability the model itself puts on the interval. Counts are whole and most customers buy nothing, so that an interval
/// asked for at 80 % usually holds more; coverage on a holdout is to be compared with this.
/// </param>
public readonly record struct PredictiveInterval(double Low, double High, double Mass)
{
    public bool Holds(double actual) => actual >= Low && actual <= High;
}
