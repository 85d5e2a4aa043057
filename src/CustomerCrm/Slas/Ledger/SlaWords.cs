using System.Globalization;
using CustomerCrm.Slas.Clocks;
using CustomerCrm.Tickets.Promises;

namespace CustomerCrm.Slas.Ledger;

/// <summary>A row of the ledger in words. Pure.</summary>
internal static class SlaWords
{
    public static string Of(SlaEntry entry, ClockReading after, string? calendar)
    {
        var what = entry.Step switch
        {
            SlaStep.Start => $"Starts: {Promised(entry, calendar)}.",
            SlaStep.Retarget => $"Counted anew from its beginning: {Promised(entry, calendar)}.",
            SlaStep.Pause => $"Pauses with {Minutes(after.Counted)} counted.",
            SlaStep.Resume => $"Goes on with {Minutes(after.Counted)} counted.",
            _ => $"Stops with {Minutes(after.Counted)} counted.",
        };
        var due = after.Target is null ? ""
            : entry.Step == SlaStep.Stop ? after.IsBreached ? $" Late: it was due {At(after.DueAt)}." : " In time."
            : after.DueAt is { } at ? $" Due {At(at)}."
            : after.State == SlaClockState.Paused ? $" Not due while it is paused; {Minutes(after.Remaining!.Value)} are left." : " Never due: nobody is open within five years.";
        return what + due;
    }

    public static string Of(SlaPromise promise) => promise switch
    {
        SlaPromise.FirstResponse => "First answer",
        SlaPromise.NextResponse => "Next answer",
        _ => "Solution",
    };

    private static string Promised(SlaEntry entry, string? calendar) => entry.PolicyName is null ? "no policy is the ticket's, so nothing is promised"
        : entry.TargetMinutes is not { } target ? $"{entry.PolicyName} promises nothing of this priority"
        : $"{Minutes(TimeSpan.FromMinutes(target))} {(calendar is null ? "round the clock" : $"in the hours of {calendar}")}, promised by {entry.PolicyName}";

    private static string Minutes(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(time.TotalMinutes, 1)} minutes");

    private static string At(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "";
}
