using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Retention;

namespace CustomerCrm.Tests.Analytics.Retention;

/// <summary>The published retention of the CDNOW sample, to the customer.</summary>
public class CdnowRetentionTests
{
    private static PurchaseDays Days => PurchaseDays.From(SharedReference.Purchases("data/cdnow_sample.csv"), new DateOnly(1998, 6, 30));

    [Test]
    public void By_calendar_month_on() => Same("calendar_month_on", CalendarCohorts.Of(Days, Counting.On), p => $"{p.Count}");

    [Test]
    public void By_calendar_month_on_or_after() => Same("calendar_month_on_or_after", CalendarCohorts.Of(Days, Counting.OnOrAfter), p => $"{p.Count}");

    [Test]
    public void Cumulative_repeat() => Same("cumulative_repeat", CalendarCohorts.CumulativeRepeat(Days), p => $"{p.Count}");

    [Test]
    public void By_elapsed_time_on() => Same("elapsed_30d_on", ElapsedCohorts.Of(Days, Counting.On), p => $"{p.Count}/{p.N}");

    [Test]
    public void By_elapsed_time_on_or_after() => Same("elapsed_30d_on_or_after", ElapsedCohorts.Of(Days, Counting.OnOrAfter), p => $"{p.Count}/{p.N}");

    [Test]
    public void Rates_and_gaps()
    {
        var days = Days;

        Assert.That((days.Customers, days.Count), Is.EqualTo((2357, 6696)));
        Assert.That(RepeatRates.RepeatPurchase(days), Is.EqualTo(Rate.Of(1139, 2357)));
        Assert.That(new[] { 30, 60, 90, 180, 365 }.Select(n => RepeatRates.RepeatWithin(days, n).Count), Is.EqualTo(new[] { 410, 601, 687, 887, 1074 }));
        Assert.That(new[] { 30, 60, 90, 180 }.Select(n => RepeatRates.Churned(days, n).Count), Is.EqualTo(new[] { 2219, 2128, 2058, 1843 }));
        Assert.That(QuarterRetention.Of(days).Select(q => (q.Quarter, q.Active, q.Retained.Count, q.Retained.N)), Is.EqualTo(new[]
        {
            ("1997Q2", 524, 524, 2357), ("1997Q3", 418, 214, 524), ("1997Q4", 404, 203, 418), ("1998Q1", 384, 196, 404), ("1998Q2", 300, 169, 384),
        }));
        var gaps = InterpurchaseDays.Of(days);
        Assert.That(gaps.Mean, Is.EqualTo(70.86056695091035).Within(1e-9));
        Assert.That((gaps.N, gaps.Median, gaps.P90), Is.EqualTo((4339, 34.0, 196.0)));
    }

    private static void Same(string name, CohortMatrix matrix, Func<Rate, string> cell)
    {
        var published = SharedReference.Csv($"reference/retention_cdnow_sample_{name}.csv").Select(row => string.Join(",", row).TrimEnd(','));

        var ours = matrix.Cohorts.Select(c => $"{c.Month:yyyy-MM},{c.Customers},{string.Join(",", c.Periods.Select(cell))}");

        Assert.That(ours, Is.EqualTo(published));
    }
}
