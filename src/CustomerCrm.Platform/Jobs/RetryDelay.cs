namespace CustomerCrm.Platform.Jobs;

/// <summary>How long to wait before trying again.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan first = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan longest = TimeSpan.FromHours(1);

    /// <summary>
    /// Doubles with every attempt up to an hour; half of it is fixed and half is chance ("equal jitter"),
    /// so that what failed together does not come back together.
    /// </summary>
    /// <param name="attempts">How often it has been tried, from 1.</param>
    /// <param name="chance">From 0 up to 1.</param>
    public static TimeSpan After(int attempts, double chance)
    {
        var whole = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(attempts, 30) - 1));
        return TimeSpan.FromSeconds(whole * (0.5 + chance / 2));
    }
}
