namespace CustomerCrm.Analytics.Retention;

/// <summary>
/// Cohort matrices by each customer's own clock: period k is the days [k·length, (k+1)·length) after his first purchase. A
/// customer counts in a period once it is over for him, so that late starters do not look lost.
/// </summary>
public static class ElapsedCohorts
{
    public const int UsualDays = 30;

    /// <exception cref="ArgumentOutOfRangeException">When the period is shorter than a day.</exception>
    public static CohortMatrix Of(PurchaseDays purchases, Counting counting, int periodDays = UsualDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(periodDays, 1);
        var rows = new SortedDictionary<DateOnly, (int Customers, int[] Eligible, int[] Retained)>();
        for (var i = 0; i < purchases.Customers; i++)
        {
            var days = purchases.DaysOf(i);
            var month = Months.Of(days[0]);
            var most = Periods(purchases, month.DayNumber, periodDays);
            if (!rows.TryGetValue(month, out var row)) row = (0, new int[most], new int[most]);
            var over = Periods(purchases, days[0], periodDays);
            for (var k = 0; k < over; k++) row.Eligible[k]++;
            Retain(days, counting, periodDays, row.Retained.AsSpan(0, over));
            rows[month] = (row.Customers + 1, row.Eligible, row.Retained);
        }

        return new CohortMatrix
        {
            Through = purchases.Through,
            IsLastPeriodOver = true,
            Cohorts = [.. rows.Select(row => new Cohort
            {
                Month = row.Key,
                Customers = row.Value.Customers,
                Periods = [.. row.Value.Eligible.Zip(row.Value.Retained).Where(cell => cell.First > 0).Select(cell => Rate.Of(cell.Second, cell.First))],
            })],
        };
    }

    /// <summary>How many periods of someone who first bought on a day are over at the end of the last day, both days counted.</summary>
    private static int Periods(PurchaseDays purchases, int first, int periodDays) => (purchases.Through.DayNumber - first + 1) / periodDays;

    private static void Retain(ReadOnlySpan<int> days, Counting counting, int periodDays, Span<int> retained)
    {
        var counted = -1;
        foreach (var day in days)
        {
            var period = (day - days[0]) / periodDays;
            for (var k = counting == Counting.OnOrAfter ? counted + 1 : Math.Max(period, counted + 1); k <= period && k < retained.Length; k++)
                retained[k]++;
            counted = period;
        }
    }
}
