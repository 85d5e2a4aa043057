namespace CustomerCrm.Imports.Running;

/// <summary>
/// How long an import writes before others have their turn. While nobody else writes, as long as there are rows: a page of an index that
/// many rows go into is then written once. Where others do, some milliseconds, so that none of them feels it.
/// </summary>
internal sealed class ImportPace(TimeProvider clock)
{
    private static readonly TimeSpan shortTurn = TimeSpan.FromMilliseconds(4), remembered = TimeSpan.FromSeconds(2), betweenNews = TimeSpan.FromSeconds(2);
    private long? seenOthers, told;

    /// <param name="began">The timestamp at which the turn began.</param>
    /// <param name="somebodyWaits">Somebody waits for it to end.</param>
    public bool IsOver(long began, bool somebodyWaits)
    {
        var now = clock.GetTimestamp();
        if (somebodyWaits) seenOthers = now;
        return somebodyWaits || (seenOthers is { } at && clock.GetElapsedTime(at, now) < remembered && clock.GetElapsedTime(began, now) > shortTurn);
    }

    /// <summary>Whether it is time to say how far it has come; each event wakes all who read events.</summary>
    public bool IsNewsDue()
    {
        if (told is { } at && clock.GetElapsedTime(at) < betweenNews) return false;
        told = clock.GetTimestamp();
        return true;
    }
}
