using CustomerCrm.BusinessCalendars;
using CustomerCrm.BusinessCalendars.Hours;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Extensions;

namespace CustomerCrm.Tests.BusinessCalendars;

public class BusinessHoursTests
{
    // Clocks change at midnight in Havana, by half an hour on Lord Howe, and 30 December 2011 is no day in Apia.
    private static readonly (string Zone, DateTimeOffset Around)[] places =
    [
        ("Europe/Vienna", At("2030-03-30T12:00Z")), ("Europe/Vienna", At("2030-10-26T12:00Z")), ("America/New_York", At("2030-03-09T12:00Z")),
        ("America/Havana", At("2030-11-02T12:00Z")), ("Australia/Lord_Howe", At("2030-04-06T12:00Z")), ("Pacific/Apia", At("2011-12-29T12:00Z")), ("UTC", At("2030-12-30T12:00Z")),
    ];

    /// <summary>A calendar, a moment and a length in minutes.</summary>
    public sealed record Case(string Zone, OpeningPeriod[] Hours, CalendarHoliday[] Holidays, DateTimeOffset From, int Minutes);

    [Test]
    public void Counts_what_a_walk_from_minute_to_minute_counts()
    {
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var hours = new BusinessHours(c.Zone, c.Hours, c.Holidays);
            var to = c.From.AddMinutes(c.Minutes);

            Assert.That(hours.TimeBetween(c.From, to).TotalMinutes, Is.EqualTo(Minutes(c.From, to).Count(minute => IsOpen(c, minute))), $"{c}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Test]
    public void Adds_until_the_walk_has_seen_as_many_open_minutes()
    {
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var hours = new BusinessHours(c.Zone, c.Hours, c.Holidays);
            var wanted = Math.Max(1, c.Minutes % 500);

            var walked = Minutes(c.From, c.From.AddDays(21)).Where(minute => IsOpen(c, minute)).Skip(wanted - 1).Select(minute => (DateTimeOffset?)minute.AddMinutes(1)).FirstOrDefault();

            if (walked is not null) Assert.That(hours.Add(c.From, TimeSpan.FromMinutes(wanted)), Is.EqualTo(walked), $"{c}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [Test]
    public void An_hour_that_clocks_repeat_counts_twice_and_one_they_leave_out_not_at_all()
    {
        var night = new BusinessHours("Europe/Vienna", [Period(DayOfWeek.Sunday, "02:00", "03:00")], []);

        Assert.That(night.TimeBetween(At("2030-10-26T22:00Z"), At("2030-10-27T22:00Z")), Is.EqualTo(TimeSpan.FromHours(2)));
        Assert.That(night.TimeBetween(At("2030-03-30T23:00Z"), At("2030-03-31T22:00Z")), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Lunch_weekend_and_holiday_do_not_count()
    {
        OpeningPeriod[] week = [.. new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Friday }.SelectMany(day => new[] { Period(day, "09:00", "12:00"), Period(day, "13:00", "17:00") })];
        var hours = new BusinessHours("Europe/Vienna", week, [new CalendarHoliday { Date = new DateOnly(2030, 1, 21), Name = "Closed" }]);

        var due = hours.Add(At("2030-01-18T11:30+01:00"), TimeSpan.FromHours(6)); // Friday: half an hour, then four; Monday is closed

        Assert.That(due, Is.EqualTo(At("2030-01-22T10:30+01:00")));
        Assert.That(hours.HolidaysBetween(At("2030-01-18T11:30+01:00"), due!.Value).Select(h => h.Name), Is.EqualTo(new[] { "Closed" }));
    }

    [Test]
    public void Who_is_never_open_has_no_due_time()
    {
        var never = new BusinessHours("UTC", [Period(DayOfWeek.Monday, "09:00", "10:00")], Enumerable.Range(0, 400).Select(week => new CalendarHoliday { Date = new DateOnly(2029, 12, 31).AddDays(7 * week), Name = "Closed" }));

        Assert.That(never.Add(At("2030-01-01T00:00Z"), TimeSpan.FromMinutes(1)), Is.Null);
        Assert.That(never.NextOpen(At("2030-01-01T00:00Z")), Is.Null);
    }

    [Test]
    public void Opens_at_its_first_moment_and_is_closed_at_its_last()
    {
        var hours = new BusinessHours("UTC", [Period(DayOfWeek.Monday, "09:00", "24:00")], []);

        Assert.That(hours.IsOpen(At("2030-01-14T08:59Z")), Is.False);
        Assert.That(hours.IsOpen(At("2030-01-14T09:00Z")), Is.True);
        Assert.That(hours.IsOpen(At("2030-01-14T23:59Z")), Is.True);
        Assert.That(hours.IsOpen(At("2030-01-15T00:00Z")), Is.False);
        Assert.That(hours.NextOpen(At("2030-01-15T00:00Z")), Is.EqualTo(At("2030-01-21T09:00Z")));
    }

    private static readonly Gen<Case> cases =
        from place in Gen.Elements(places)
        from starts in Gen.ListOf(Gen.Choose(0, (7 * 48) - 1)).Resize(12)
        from holidays in Gen.ListOf(Gen.Choose(-1, 4)).Resize(2)
        from offset in Gen.Choose(-1440, 1440)
        from minutes in Gen.Choose(0, 4 * 1440)
        select new Case(
            place.Zone,
            [.. starts.Distinct().Select(slot => Period((DayOfWeek)(slot / 48), Clock(slot % 48 * 30), Clock((slot % 48 * 30) + 30 - (slot % 7))))],
            [.. holidays.Distinct().Select(day => new CalendarHoliday { Date = DateOnly.FromDateTime(place.Around.UtcDateTime).AddDays(day), Name = "Closed" })],
            place.Around.AddMinutes(offset),
            minutes);

    private static bool IsOpen(Case c, DateTimeOffset minute)
    {
        var local = minute.ToInstant().InZone(DateTimeZoneProviders.Tzdb[c.Zone]).LocalDateTime;
        var (day, time) = (local.Date.ToDateOnly(), (local.Hour * 60) + local.Minute);
        return c.Holidays.All(h => h.Date != day) && c.Hours.Any(p => p.Day == day.DayOfWeek && p.FromMinute <= time && time < p.ToMinute);
    }

    private static IEnumerable<DateTimeOffset> Minutes(DateTimeOffset from, DateTimeOffset to)
    {
        for (var minute = from; minute < to; minute = minute.AddMinutes(1)) yield return minute;
    }

    private static OpeningPeriod Period(DayOfWeek day, string from, string to) => new() { Day = day, From = from, To = to };

    private static string Clock(int minute) => $"{minute / 60:00}:{minute % 60:00}";

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
