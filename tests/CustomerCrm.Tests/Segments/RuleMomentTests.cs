using System.Globalization;
using System.Text.Json;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Segments.Rules.Fields;
using CustomerCrm.Tenant;

namespace CustomerCrm.Tests.Segments;

public class RuleMomentTests
{
    [TestCase(Period.Today, "2030-01-15", "2030-01-15")]
    [TestCase(Period.Yesterday, "2030-01-14", "2030-01-14")]
    [TestCase(Period.ThisWeek, "2030-01-13", "2030-01-19")] // it begins on Sunday here
    [TestCase(Period.LastWeek, "2030-01-06", "2030-01-12")]
    [TestCase(Period.ThisMonth, "2030-01-01", "2030-01-31")]
    [TestCase(Period.LastMonth, "2029-12-01", "2029-12-31")]
    [TestCase(Period.ThisQuarter, "2030-01-01", "2030-03-31")]
    [TestCase(Period.LastQuarter, "2029-10-01", "2029-12-31")]
    [TestCase(Period.ThisYear, "2030-01-01", "2030-12-31")]
    [TestCase(Period.LastYear, "2029-01-01", "2029-12-31")]
    public void A_period_is_whole_days(Period period, string first, string last)
    {
        var at = At("2030-01-14T23:30:00Z", "Europe/Vienna", DayOfWeek.Sunday); // where it is the 15th already

        Assert.That(at.DaysOf(period), Is.EqualTo((DateOnly.Parse(first, CultureInfo.InvariantCulture), DateOnly.Parse(last, CultureInfo.InvariantCulture))));
    }

    [Test]
    public void A_day_ends_a_tick_before_the_next_however_long_it_is()
    {
        var (first, last) = At("2030-03-31T12:00:00Z", "Europe/Vienna", DayOfWeek.Monday).SpanOf(Period.Today); // the clocks go forward

        Assert.That((first, last), Is.EqualTo((Time("2030-03-30T23:00:00Z"), Time("2030-03-31T22:00:00Z").AddTicks(-1))));
    }

    [TestCase("1990-02-28", 0, "2030-02-28T12:00:00Z", true)]
    [TestCase("1992-02-29", 0, "2030-02-28T12:00:00Z", true)] // no 29 February that year
    [TestCase("1992-02-29", 0, "2032-02-28T12:00:00Z", false)]
    [TestCase("1992-02-29", 0, "2032-02-29T12:00:00Z", true)]
    [TestCase("1990-01-02", 7, "2029-12-30T12:00:00Z", true)]
    [TestCase("1990-01-07", 7, "2029-12-30T12:00:00Z", false)]
    [TestCase("1990-12-29", 7, "2029-12-30T12:00:00Z", false)]
    public void A_birthday_is_so_many_days_ahead_at_most(string born, int days, string now, bool expected)
    {
        var facts = new CustomerFacts { CreatedAt = Time(now), LastSeenAt = Time(now), BirthDate = DateOnly.Parse(born, CultureInfo.InvariantCulture) };

        Assert.That(SegmentFields.ByName["birthday"].Holds("within_days", JsonSerializer.SerializeToElement(days), At(now, "UTC", DayOfWeek.Monday), facts), Is.EqualTo(expected));
    }

    private static RuleMoment At(string now, string zone, DayOfWeek weekStart) => new(Time(now), TenantCalendar.In(zone), weekStart);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
