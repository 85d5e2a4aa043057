using CustomerCrm.Tenant;

namespace CustomerCrm.Tests.Tenant;

public class TenantCalendarTests
{
    [TestCase("UTC", "2030-01-15T23:30:00Z", "2030-01-15")]
    [TestCase("Europe/Berlin", "2030-01-15T23:30:00Z", "2030-01-16")]
    [TestCase("America/New_York", "2030-01-15T03:00:00Z", "2030-01-14")]
    public void A_moment_is_on_the_day_it_is_where_the_tenant_is(string zone, string moment, string day) =>
        Assert.That(TenantCalendar.In(zone).DayOf(At(moment)), Is.EqualTo(DateOnly.Parse(day)));

    [TestCase("Europe/Berlin", "2030-07-01", "2030-06-30T22:00:00Z")]
    [TestCase("Europe/Berlin", "2030-01-01", "2029-12-31T23:00:00Z")]
    // Here the clocks went forward at midnight: the day began at one.
    [TestCase("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z")]
    public void A_day_starts_when_it_starts_there(string zone, string day, string moment) =>
        Assert.That(TenantCalendar.In(zone).StartOf(DateOnly.Parse(day)), Is.EqualTo(At(moment)));

    // Days that never were there, west of the date line one day and east of it the next: what would follow them begins at once.
    [TestCase("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z")]
    [TestCase("Pacific/Kwajalein", "1993-08-21", "1993-08-21T12:00:00Z")]
    [TestCase("Pacific/Kiritimati", "1994-12-31", "1994-12-31T10:00:00Z")]
    public void A_day_that_was_skipped_starts_and_ends_where_the_next_one_starts(string zone, string day, string moment)
    {
        var (calendar, skipped) = (TenantCalendar.In(zone), DateOnly.Parse(day));

        Assert.That(calendar.StartOf(skipped), Is.EqualTo(At(moment)));
        Assert.That(calendar.StartOf(skipped.AddDays(1)), Is.EqualTo(At(moment)));
        Assert.That(calendar.DayOf(At(moment)), Is.EqualTo(skipped.AddDays(1)));
    }

    // The clocks went from half past eleven to half past twelve.
    [TestCase("America/Toronto", "1919-03-31", "1919-03-31T04:30:00Z")]
    public void A_day_whose_first_half_hour_was_skipped_starts_after_it(string zone, string day, string moment) =>
        Assert.That(TenantCalendar.In(zone).StartOf(DateOnly.Parse(day)), Is.EqualTo(At(moment)));

    [TestCase("Europe/Berlin")]
    [TestCase("America/Sao_Paulo")]
    [TestCase("Asia/Kathmandu")]
    [TestCase("Pacific/Apia")]
    public void The_start_of_a_day_is_the_first_moment_of_it(string zone)
    {
        var calendar = TenantCalendar.In(zone);

        for (var day = new DateOnly(2017, 1, 1); day.Year < 2019; day = day.AddDays(1))
        {
            var start = calendar.StartOf(day);
            Assert.That(calendar.DayOf(start), Is.EqualTo(day));
            Assert.That(calendar.DayOf(start.AddTicks(-1)), Is.EqualTo(day.AddDays(-1)));
        }
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
