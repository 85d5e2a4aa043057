namespace CustomerCrm.Analytics.Retention;

/// <summary>
/// Cohort matrices by calendar month: period k is the k-th month after the month of the first purchase, up to the month of the
/// last day observed.
/// </summary>
public static class CalendarCohorts
{
    public static CohortMatrix Of(PurchaseDays purchases, Counting counting) => Matrix(purchases, (first, days, counts) =>
    {
        var counted = -1;
        foreach (var day in days)
        {
            var period = Months.Between(first, Months.Of(day));
            for (var k = counting == Counting.OnOrAfter ? counted + 1 : Math.Max(period, counted + 1); k <= period; k++) counts[k]++;
            counted = period;
        }
    });

    /// <summary>Period k holds the customers who had bought on a second day by the end of that month.</summary>
    public static CohortMatrix CumulativeRepeat(PurchaseDays purchases) => Matrix(purchases, (first, days, counts) =>
    {
        if (days.Length < 2) return;
        for (var k = Months.Between(first, Months.Of(days[1])); k < counts.Length; k++) counts[k]++;
    });

    private delegate void Count(DateOnly first, ReadOnlySpan<int> days, int[] counts);

    private static CohortMatrix Matrix(PurchaseDays purchases, Count count)
    {
        var last = Months.Of(purchases.Through);
        var rows = new SortedDictionary<DateOnly, (int Customers, int[] Counts)>();
        for (var i = 0; i < purchases.Customers; i++)
        {
            var days = purchases.DaysOf(i);
            var month = Months.Of(days[0]);
            if (!rows.TryGetValue(month, out var row)) row = (0, new int[Months.Between(month, last) + 1]);
            count(month, days, row.Counts);
            rows[month] = (row.Customers + 1, row.Counts);
        }

        return new CohortMatrix
        {
            Through = purchases.Through,
            IsLastPeriodOver = Months.Of(purchases.Through.AddDays(1)) > last,
            Cohorts = [.. rows.Select(row => new Cohort
            {
                Month = row.Key,
                Customers = row.Value.Customers,
                Periods = [.. row.Value.Counts.Select(n => Rate.Of(n, row.Value.Customers))],
            })],
        };
    }
}
