using CustomerCrm.Reports.Figures;

namespace CustomerCrm.Reports.Days;

/// <summary>Pure: what one part of a period comes to. Periods that lie beside each other add up.</summary>
/// <param name="Counts">First how many there are; then of <see cref="DayPart.Opened"/> those solved by now, of <see cref="DayPart.Solved"/> one touch, reopened, automatic and pre-emptive.</param>
/// <param name="Tallies">In the order of <see cref="TimesOf"/>.</param>
internal sealed record PartFigures(IReadOnlyList<long> Counts, IReadOnlyList<Tally> Tallies)
{
    public long N => Counts[0];

    /// <summary>The times that a part counts.</summary>
    public static IReadOnlyList<ServiceTime> TimesOf(DayPart part) => part switch
    {
        DayPart.Answered => [ServiceTime.FirstResponse, ServiceTime.FirstResponseOpen, ServiceTime.NextResponse, ServiceTime.NextResponseOpen],
        DayPart.Solved => [ServiceTime.Resolution, ServiceTime.ResolutionOpen, ServiceTime.Handling],
        _ => [],
    };

    public static int CountsOf(DayPart part) => part switch { DayPart.Opened => 2, DayPart.Solved => 5, _ => 1 };

    public static PartFigures Together(DayPart part, IReadOnlyCollection<PartFigures> parts) => new(
        [.. Enumerable.Range(0, CountsOf(part)).Select(i => parts.Sum(one => one.Counts[i]))],
        [.. Enumerable.Range(0, TimesOf(part).Count).Select(i => Tally.Together(parts.Select(one => one.Tallies[i])))]);
}
