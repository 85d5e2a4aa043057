namespace CustomerCrm.Platform.Outbound.Pipeline;

/// <summary>Seconds between two attempts of one message; minutes and hours are the queue's.</summary>
internal static class RetryWait
{
    private static readonly TimeSpan first = TimeSpan.FromMilliseconds(500), longest = TimeSpan.FromSeconds(4);

    /// <summary>Whether it is worth waiting here: nothing was sent, and the provider is gone for a moment or said itself when to come.</summary>
    public static bool IsWorthIt(Attempt attempt, TimeSpan longestWait) => attempt.End switch
    {
        AttemptEnd.Unreached => attempt.Outcome.Result == SendResult.NotSent,
        AttemptEnd.Throttled => attempt.Outcome.RetryAfter <= longestWait,
        _ => false,
    };

    /// <summary>
    /// Anything between nothing and a bound that doubles ("full jitter"), so that what failed together does not come back together; never
    /// earlier than the provider asks for.
    /// </summary>
    /// <param name="attempt">How many were made, from 0.</param>
    /// <param name="retryAfter">What the provider asks for.</param>
    /// <param name="chance">From 0 up to 1.</param>
    public static TimeSpan After(int attempt, TimeSpan? retryAfter, double chance)
    {
        var bound = TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Min(attempt, 10)));
        return (retryAfter ?? TimeSpan.Zero) + bound * chance;
    }
}
