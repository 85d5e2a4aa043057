namespace CustomerCrm.AutomationRules.Firings;

/// <summary>What keeps a rule from answering itself for ever. Pure.</summary>
internal static class FiringGuard
{
    /// <summary>A rule may answer what a rule did, which answered what a rule did; and no further.</summary>
    public const int MostDepth = 3;

    /// <param name="depth">How many rules stand before the event.</param>
    /// <param name="isOwnEffect">The event is this rule's own doing, directly or by way of others.</param>
    /// <param name="lastFired">When it fired last for this customer.</param>
    /// <param name="cooldown">For how long it then rests.</param>
    /// <param name="firedInHour">How often it has fired in the last hour.</param>
    /// <param name="most">How often it may.</param>
    /// <param name="now">This moment.</param>
    /// <returns>Why it must not fire; null if it may.</returns>
    public static string? WhyNot(int depth, bool isOwnEffect, DateTimeOffset? lastFired, TimeSpan cooldown, int firedInHour, int most, DateTimeOffset now) =>
        isOwnEffect ? "own_effect"
        : depth >= MostDepth ? "too_deep"
        : lastFired is { } last && now - last < cooldown ? "cooldown"
        : firedInHour >= most ? "storm"
        : null;
}
