using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.Messages.Sending;

/// <summary>
/// What follows from what was tried. Certainly not sent: again, ever later, until it is too late. Perhaps sent: an e-mail once more, under the same
/// Message-ID, since a double is a nuisance and a lost one may be a lost password; a text message never, since it is paid for and rings.
/// </summary>
internal static class SendingPlan
{
    private const int MostUnknown = 2;

    private static readonly TimeSpan[] delays = [.. new[] { 1, 5, 15, 60, 180, 360 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    /// <param name="channel">E-mail or SMS.</param>
    /// <param name="attempts">All of them, the last one just finished.</param>
    /// <param name="retryAfter">What the provider asks for.</param>
    /// <param name="giveUpAfter">Counted from the first attempt.</param>
    /// <param name="now">Now.</param>
    /// <param name="chance">From 0 up to 1: what failed together must not come back together.</param>
    public static NextStep After(MessageChannel channel, IReadOnlyList<MessageAttempt> attempts, TimeSpan? retryAfter, TimeSpan giveUpAfter, DateTimeOffset now, double chance)
    {
        var last = attempts[^1];
        return last.Result switch
        {
            AttemptResult.Accepted => new NextStep(MessageState.Sent, null, null),
            AttemptResult.Refused => new NextStep(MessageState.Failed, last.Code ?? "refused_by_provider", null),
            AttemptResult.NotSent => Again(attempts, retryAfter, giveUpAfter, now, chance),
            _ when channel == MessageChannel.Email && attempts.Count(a => a.Result is null or AttemptResult.Unknown) < MostUnknown =>
                new NextStep(MessageState.Queued, last.Code ?? "unknown_outcome", now + delays[0] * (1 + chance)),
            _ => new NextStep(MessageState.Unknown, last.Code ?? "unknown_outcome", null),
        };
    }

    private static NextStep Again(IReadOnlyList<MessageAttempt> attempts, TimeSpan? retryAfter, TimeSpan giveUpAfter, DateTimeOffset now, double chance)
    {
        var tried = attempts.Count(a => a.Result == AttemptResult.NotSent);
        var delay = delays[Math.Min(tried, delays.Length) - 1] * (0.5 + chance / 2);
        if (retryAfter > delay) delay = retryAfter.Value;
        var code = attempts[^1].Code ?? "not_sent";
        return now + delay > attempts[0].StartedAt + giveUpAfter
            ? new NextStep(MessageState.Failed, $"gave_up_{code}", null)
            : new NextStep(MessageState.Queued, code, now + delay);
    }
}

/// <param name="State">Where the message stands now.</param>
/// <param name="Code">Why.</param>
/// <param name="At">When it is tried again.</param>
internal sealed record NextStep(MessageState State, string? Code, DateTimeOffset? At);
