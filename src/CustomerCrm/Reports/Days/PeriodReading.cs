namespace CustomerCrm.Reports.Days;

/// <summary>
/// What a period comes to: days that were counted are added up, and those that were not, or have changed since, are counted from the facts. With a filter all of it is
/// counted from the facts, by the same statements.
/// </summary>
internal sealed class PeriodReading(DayBook book, PartCounting counting)
{
    public async Task<PeriodFigures> ReadAsync(ReportFilter filter, DateOnly from, DateOnly end, CancellationToken ct) => new(
        await PartAsync(DayPart.Opened, filter, from, end, ct), await PartAsync(DayPart.Answered, filter, from, end, ct), await PartAsync(DayPart.Solved, filter, from, end, ct));

    private async Task<PartFigures> PartAsync(DayPart part, ReportFilter filter, DateOnly from, DateOnly end, CancellationToken ct)
    {
        var calendar = filter.Range.Calendar;
        if (filter.IsNarrowed) return await counting.CountAsync(part, calendar.StartOf(from), calendar.StartOf(end), filter, ct);
        var known = await book.ReadAsync(part, from, end, ct);
        var parts = new List<PartFigures>(known.Values);
        foreach (var (first, last) in DayStretches.Missing(from, end, known.Keys.ToHashSet())) parts.Add(await counting.CountAsync(part, calendar.StartOf(first), calendar.StartOf(last), null, ct));
        return PartFigures.Together(part, parts);
    }
}

/// <summary>The parts of a period.</summary>
internal sealed record PeriodFigures(PartFigures Opened, PartFigures Answered, PartFigures Solved)
{
    public Tally Of(Figures.ServiceTime time)
    {
        var part = PartFigures.TimesOf(DayPart.Answered).Contains(time) ? DayPart.Answered : DayPart.Solved;
        return (part == DayPart.Answered ? Answered : Solved).Tallies[PartFigures.TimesOf(part).Index().First(one => one.Item == time).Index];
    }
}
