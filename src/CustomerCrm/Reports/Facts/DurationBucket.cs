namespace CustomerCrm.Reports.Facts;

/// <summary>
/// Pure: durations in buckets that are each 1 % wider than the one before, so that a median over a million of them is read from a few hundred rows, and is never
/// wrong by more than that. The numbers are stored.
/// </summary>
internal static class DurationBucket
{
    private const double Ratio = 1.01;

    /// <summary>Below this each second has a bucket of its own: a step of 1 % is less than a second there.</summary>
    private const int Single = 100;

    public static int Of(long seconds) => seconds < Single ? (int)Math.Max(0, seconds) : Single + (int)Math.Floor(Math.Log((double)seconds / Single) / Math.Log(Ratio));

    /// <summary>The middle of a bucket, in seconds.</summary>
    public static double MiddleOf(int bucket) => bucket < Single ? bucket : Single * Math.Pow(Ratio, bucket - Single + 0.5);
}
