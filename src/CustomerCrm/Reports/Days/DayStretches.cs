namespace CustomerCrm.Reports.Days;

/// <summary>Pure: the days of a period that are not known, as stretches that lie together, so that each is one look at the facts.</summary>
internal static class DayStretches
{
    /// <param name="from">The first day.</param>
    /// <param name="end">The day after the last.</param>
    /// <param name="known">Days that need no look.</param>
    public static IEnumerable<(DateOnly From, DateOnly End)> Missing(DateOnly from, DateOnly end, IReadOnlySet<DateOnly> known)
    {
        DateOnly? begins = null;
        for (var day = from; day < end; day = day.AddDays(1))
        {
            if (!known.Contains(day)) begins ??= day;
            else if (begins is { } first)
            {
                yield return (first, day);
                begins = null;
            }
        }
        if (begins is { } last) yield return (last, end);
    }
}
