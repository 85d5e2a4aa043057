using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Retention;

namespace CustomerCrm.Tests.Analytics.Retention;

public class WorkedExampleRetentionTests
{
    private readonly PurchaseDays days = WorkedExample.Days();

    [Test]
    public void By_calendar_month_on() =>
        Assert.That(Counts(CalendarCohorts.Of(days, Counting.On)), Is.EqualTo(new[] { "2024-01 3: 3 1 1 1", "2024-02 2: 2 1 1", "2024-03 1: 1 0" }));

    [Test]
    public void By_calendar_month_on_or_after() =>
        Assert.That(Counts(CalendarCohorts.Of(days, Counting.OnOrAfter)), Is.EqualTo(new[] { "2024-01 3: 3 2 2 1", "2024-02 2: 2 1 1", "2024-03 1: 1 0" }));

    [Test]
    public void Cumulative_repeat() =>
        Assert.That(Counts(CalendarCohorts.CumulativeRepeat(days)), Is.EqualTo(new[] { "2024-01 3: 1 2 3 3", "2024-02 2: 0 1 1", "2024-03 1: 0 0" }));

    [TestCase(Counting.On)]
    [TestCase(Counting.OnOrAfter)]
    public void By_elapsed_time_each_period_counts_those_for_whom_it_is_over(Counting counting)
    {
        var matrix = ElapsedCohorts.Of(days, counting);

        var cells = matrix.Cohorts.Select(c => string.Join(" ", c.Periods.Select(p => $"{p.Count}/{p.N}")));
        Assert.That(cells, Is.EqualTo(new[] { "3/3 2/3 1/3", "2/2 1/2", "1/1" }));
    }

    [TestCase(30, 2, 6)]
    [TestCase(60, 4, 5)]
    [TestCase(90, 3, 3)]
    public void Repeat_within_days_of_those_observed_that_long(int within, int repeated, int eligible) =>
        Assert.That(RepeatRates.RepeatWithin(days, within), Is.EqualTo(Rate.Of(repeated, eligible)));

    [TestCase(30, 4, 6)]
    [TestCase(60, 3, 5)]
    [TestCase(90, 1, 3)]
    public void Churned_for_days_of_those_known_that_long(int window, int churned, int eligible) =>
        Assert.That(RepeatRates.Churned(days, window), Is.EqualTo(Rate.Of(churned, eligible)));

    [Test]
    public void Four_of_six_came_back() => Assert.That(RepeatRates.RepeatPurchase(days), Is.EqualTo(Rate.Of(4, 6)));

    [Test]
    public void Two_of_the_first_quarters_six_bought_in_the_second()
    {
        var quarter = QuarterRetention.Of(days).Single();

        Assert.That((quarter.Quarter, quarter.Active, quarter.Retained), Is.EqualTo(("2024Q2", 2, Rate.Of(2, 6))));
        Assert.That(quarter.IsOver, Is.False);
    }

    [Test]
    public void Gaps_between_purchases()
    {
        var gaps = InterpurchaseDays.Of(days);

        // 5, 26, 30, 34, 36, 51
        Assert.That((gaps.N, gaps.Mean, gaps.Median, gaps.P90), Is.EqualTo((6, 182 / 6.0, 32.0, 43.5)));
    }

    [Test]
    public void A_month_that_is_not_over_is_said_to_be_so()
    {
        Assert.That(CalendarCohorts.Of(days, Counting.On).IsLastPeriodOver, Is.True);

        Assert.That(CalendarCohorts.Of(WorkedExample.Days(WorkedExample.End.AddDays(-1)), Counting.On).IsLastPeriodOver, Is.False);
    }

    [Test]
    public void Of_no_purchases_every_report_is_empty()
    {
        var none = PurchaseDays.From([], WorkedExample.End);

        Assert.That(CalendarCohorts.Of(none, Counting.On).Cohorts, Is.Empty);
        Assert.That(ElapsedCohorts.Of(none, Counting.OnOrAfter).Cohorts, Is.Empty);
        Assert.That(QuarterRetention.Of(none), Is.Empty);
        Assert.That(InterpurchaseDays.Of(none), Is.EqualTo(new InterpurchaseDays(0, null, null, null)));
        Assert.That(RepeatRates.RepeatPurchase(none).Value, Is.Null);
    }

    private static IEnumerable<string> Counts(CohortMatrix matrix) =>
        matrix.Cohorts.Select(c => $"{c.Month:yyyy-MM} {c.Customers}: {string.Join(" ", c.Periods.Select(p => p.Count))}");
}
