using CustomerCrm.Platform.Http;

namespace CustomerCrm.Imports.Running;

/// <summary>
/// How long an import writes before others have their turn. While nobody waits for an answer, as long as there are rows: a page of an index that
/// many rows go into is then written once. Where somebody does, some milliseconds, so that none of them feels it. Other jobs wait a moment longer:
/// two that gave way to each other at every step would both do nothing but commit.
/// </summary>
internal sealed class ImportPace(Foreground foreground, TimeProvider clock)
{
    private static readonly TimeSpan shortTurn = TimeSpan.FromMilliseconds(4), longTurn = TimeSpan.FromMilliseconds(100), betweenNews = TimeSpan.FromSeconds(2);
    private const int LongestRest = 20;
    private long? told;
    private TimeSpan lasted;

    /// <param name="began">The timestamp at which the turn began.</param>
    /// <param name="somebodyWaits">Somebody waits for it to end, were it only work like this.</param>
    public bool IsOver(long began, bool somebodyWaits)
    {
        var lasts = clock.GetElapsedTime(began);
        return foreground.IsWriting
            ? somebodyWaits || foreground.IsBusy || lasts > shortTurn
            : (somebodyWaits && foreground.IsBusy) || ((somebodyWaits || foreground.IsBusy) && lasts > longTurn);
    }

    /// <summary>
    /// Between two turns those who wait for an answer go first. Where somebody writes, the import rests three times as long as its turn was: a write
    /// that falls into a turn waits for its commit, and the disk is busy with what was committed before.
    /// </summary>
    public async Task RestAsync(CancellationToken ct)
    {
        if (foreground.IsWriting && lasted > TimeSpan.Zero) await Task.Delay((int)Math.Min(3 * lasted.TotalMilliseconds, LongestRest), ct);
        await foreground.StandBackAsync(ct);
    }

    /// <summary>A turn is over, and committed.</summary>
    public void Committed(long began) => lasted = clock.GetElapsedTime(began);

    /// <summary>Whether it is time to say how far it has come; each event wakes all who read events.</summary>
    public bool IsNewsDue()
    {
        if (told is { } at && clock.GetElapsedTime(at) < betweenNews) return false;
        told = clock.GetTimestamp();
        return true;
    }
}
