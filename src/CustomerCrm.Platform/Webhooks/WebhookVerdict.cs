namespace CustomerCrm.Platform.Webhooks;

/// <summary>What follows from an attempt. Pure: the same attempt, times and chance always give the same.</summary>
internal static class WebhookVerdict
{
    private const int FailuresThatOpen = 10;
    private static readonly TimeSpan firstProbe = TimeSpan.FromSeconds(5), longestProbe = TimeSpan.FromMinutes(1), longestRetryAfter = TimeSpan.FromHours(24);

    /// <summary>After so long without a single success an endpoint is disabled.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    /// <summary>When to try again; null when the schedule has no more attempts.</summary>
    /// <param name="attempt">One that failed.</param>
    /// <param name="tries">How many attempts of this run of the schedule were made, with this one.</param>
    /// <param name="delays">The schedule.</param>
    /// <param name="chance">From 0 up to 1. An attempt comes up to a quarter later than planned, never sooner, so that what failed together does not come back together.</param>
    public static TimeSpan? RetryAfter(WebhookAttempt attempt, int tries, IReadOnlyList<TimeSpan> delays, double chance)
    {
        if (attempt.IsFinal || tries >= delays.Count) return null;
        var planned = delays[tries] * (1 + chance / 4);
        var asked = attempt.RetryAfter is { } wanted ? TimeSpan.FromTicks(Math.Min(wanted.Ticks, longestRetryAfter.Ticks)) : TimeSpan.Zero;
        return planned > asked ? planned : asked;
    }

    /// <summary>
    /// How long an endpoint is left alone before one delivery probes whether it answers again: once it failed ten times in a row, or as long
    /// as it asked for. Null: it goes on at once.
    /// </summary>
    public static TimeSpan? PauseAfter(int failures, IEnumerable<WebhookAttempt> attempts)
    {
        var asked = attempts.Where(a => a.Status is 429 or 502 or 503 or 504).Max(a => a.RetryAfter);
        if (failures < FailuresThatOpen) return asked is { } only && only > TimeSpan.Zero ? Shorter(only, longestRetryAfter) : null;
        var probe = Shorter(firstProbe * Math.Pow(2, Math.Min(failures - FailuresThatOpen, 10)), longestProbe);
        return asked > probe ? Shorter(asked.Value, longestRetryAfter) : probe;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
