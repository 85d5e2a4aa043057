using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Retention;

namespace CustomerCrm.Insights.Fits;

/// <summary>Where a customer stands by the days since the last purchase.</summary>
public enum RetentionState
{
    /// <summary>Bought once, lately.</summary>
    New = 1,

    /// <summary>Bought lately, and before.</summary>
    Active = 2,

    /// <summary>Away for longer than nine in ten of those who came back ever were.</summary>
    AtRisk = 3,

    /// <summary>Away for twice as long as that.</summary>
    Lost = 4,
}

/// <summary>
/// The days that part the states. Nine of ten customers who come back do so within <see cref="ActiveDays"/>: it is the 90th
/// percentile of the days between purchases of this tenant's customers, or 90 days where there are too few to tell.
/// </summary>
public sealed record RetentionBounds
{
    private const int FewestGaps = 30;
    private const int UsualDays = 90;

    public required int ActiveDays { get; init; }
    public required int LostDays { get; init; }

    /// <summary>Gaps between purchases that this rests on; fewer than 30 are not used.</summary>
    public required int N { get; init; }

    internal static RetentionBounds Of(PurchaseDays purchases)
    {
        var gaps = InterpurchaseDays.Of(purchases);
        var active = gaps is { N: >= FewestGaps, P90: { } days } ? Math.Max(1, (int)Math.Ceiling(days)) : UsualDays;
        return new RetentionBounds { ActiveDays = active, LostDays = 2 * active, N = gaps.N };
    }

    internal RetentionState StateOf(int purchaseDays, int daysSinceLast) =>
        daysSinceLast > LostDays ? RetentionState.Lost
        : daysSinceLast > ActiveDays ? RetentionState.AtRisk
        : purchaseDays == 1 ? RetentionState.New
        : RetentionState.Active;
}
