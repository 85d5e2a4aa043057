using CustomerCrm.Platform;
using CustomerCrm.Slas.Clocks;
using CustomerCrm.Tickets.Promises;

namespace CustomerCrm.Slas.Alerts;

/// <summary>When a clock is told of: what there is to do as it counts, and at which moment. Pure.</summary>
internal static class AlertPlan
{
    public const string Warning = "warning", Breach = "breach";

    /// <summary>Everything that a running clock comes to if nothing happens, in its order. What lies before its beginning is due at once.</summary>
    /// <param name="promise">Of the clock.</param>
    /// <param name="ledger">Its rows.</param>
    /// <param name="warnBeforeMinutes">Null: no warning.</param>
    /// <param name="escalations">Of the policy, of all promises.</param>
    public static IReadOnlyList<PlannedAlert> Of(SlaPromise promise, IReadOnlyList<LedgerStep> ledger, int? warnBeforeMinutes, IEnumerable<SlaEscalation> escalations)
    {
        if (ledger.Last(step => step.Terms is not null).Terms!.Target is not { } target) return [];
        var wanted = new List<(string Name, TimeSpan Counted, SlaEscalation? Escalation)>();
        if (warnBeforeMinutes is { } minutes) wanted.Add((Warning, target - TimeSpan.FromMinutes(minutes), null));
        wanted.Add((Breach, target, null));
        wanted.AddRange(escalations.Where(e => e.Promise == promise).Select(e => ($"escalation:{NormalizedName.Of(e.Name)}", target + TimeSpan.FromMinutes(e.OffsetMinutes), (SlaEscalation?)e)));
        return
        [
            .. wanted.Select(w => (w.Name, w.Escalation, At: Clockwork.MomentAt(ledger, w.Counted)))
                .Where(w => w.At is not null)
                .Select(w => new PlannedAlert(w.Name, w.At!.Value, w.Escalation))
                .OrderBy(alert => alert.At),
        ];
    }
}

/// <param name="Name">Done once for each clock by it.</param>
/// <param name="At">Once this moment is over.</param>
/// <param name="Escalation">Null for the warning and the breach.</param>
internal sealed record PlannedAlert(string Name, DateTimeOffset At, SlaEscalation? Escalation)
{
    /// <summary>Answered in the very moment is in time, so nothing is told before it is over.</summary>
    public bool IsDue(DateTimeOffset now) => now > At;
}
