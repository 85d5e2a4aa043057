namespace CustomerCrm.Slas.Clocks;

/// <summary>
/// From the ledger of one clock to when it is due. Open time counts while the clock runs, by the terms that were said last: who changes
/// the target or the hours changes them for the whole clock. Due is the first moment at which as much has been counted as was promised;
/// breached is a clock that ran on after that.
/// </summary>
internal static class Clockwork
{
    /// <param name="ledger">In its order, beginning with a start.</param>
    /// <param name="now">Up to when a clock that runs is counted.</param>
    public static ClockReading Read(IReadOnlyList<LedgerStep> ledger, DateTimeOffset now)
    {
        var (stretches, state) = Running(ledger);
        var terms = TermsOf(ledger);
        var counted = stretches.Aggregate(TimeSpan.Zero, (sum, s) => sum + terms.Hours.TimeBetween(s.From, Later(s.From, s.To ?? now)));
        var due = terms.Target is { } target ? MomentAt(ledger, target) : null;
        return new ClockReading
        {
            State = state,
            Target = terms.Target,
            Counted = counted,
            DueAt = due,
            IsBreached = due is { } moment && stretches.Any(s => (s.To ?? now) > moment && (s.To ?? now) > s.From),
        };
    }

    /// <summary>When the clock will have counted so much, or did; its beginning for nothing. Null: as it stands it never will.</summary>
    public static DateTimeOffset? MomentAt(IReadOnlyList<LedgerStep> ledger, TimeSpan counted)
    {
        var hours = TermsOf(ledger).Hours;
        if (counted <= TimeSpan.Zero) return ledger[0].At;
        foreach (var (from, to) in Running(ledger).Stretches)
        {
            if (to is not { } end) return hours.Add(from, counted);
            var open = hours.TimeBetween(from, end);
            if (open >= counted) return hours.Add(from, counted);
            counted -= open;
        }
        return null;
    }

    private static ClockTerms TermsOf(IReadOnlyList<LedgerStep> ledger) => ledger.Last(step => step.Terms is not null).Terms!;

    // A row that changes nothing, such as a pause of what is paused, is passed over.
    private static (List<(DateTimeOffset From, DateTimeOffset? To)> Stretches, SlaClockState State) Running(IReadOnlyList<LedgerStep> ledger)
    {
        var stretches = new List<(DateTimeOffset From, DateTimeOffset? To)>();
        var state = SlaClockState.Stopped;
        foreach (var step in ledger)
        {
            var next = step.Step switch
            {
                SlaStep.Start or SlaStep.Resume => SlaClockState.Running,
                SlaStep.Pause when state == SlaClockState.Running => SlaClockState.Paused,
                SlaStep.Stop => SlaClockState.Stopped,
                _ => state,
            };
            if (state != SlaClockState.Running && next == SlaClockState.Running) stretches.Add((step.At, null));
            if (state == SlaClockState.Running && next != SlaClockState.Running) stretches[^1] = (stretches[^1].From, Later(stretches[^1].From, step.At));
            state = next;
        }
        return (stretches, state);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>A clock as it stands at one moment.</summary>
internal sealed record ClockReading
{
    public required SlaClockState State { get; init; }

    /// <summary>Null: nothing is promised.</summary>
    public required TimeSpan? Target { get; init; }

    /// <summary>Open time while it ran.</summary>
    public required TimeSpan Counted { get; init; }

    /// <summary>When the target was reached, or will be if nothing happens; null while a pause or a stop keeps it from being reached.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    public required bool IsBreached { get; init; }

    /// <summary>Below nothing once it is late.</summary>
    public TimeSpan? Remaining => Target - Counted;
}
