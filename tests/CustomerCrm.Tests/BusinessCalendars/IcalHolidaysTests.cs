using CustomerCrm.BusinessCalendars.Ical;

namespace CustomerCrm.Tests.BusinessCalendars;

public class IcalHolidaysTests
{
    [Test]
    public void All_day_events_are_holidays_and_others_are_not()
    {
        var read = Read("""
            BEGIN:VEVENT
            SUMMARY:New Year\, the first
            DTSTART;VALUE=DATE:20300101
            END:VEVENT
            BEGIN:VEVENT
            SUMMARY:Team lunch
            DTSTART:20300102T110000Z
            END:VEVENT
            """);

        Assert.That(Days(read), Is.EqualTo(new[] { "2030-01-01 New Year, the first" }));
    }

    [Test]
    public void A_long_event_is_each_of_its_days_and_its_end_is_not_included()
    {
        var read = Read("""
            BEGIN:VEVENT
            SUMMARY:Company
              holidays
            DTSTART;VALUE=DATE:20301223
            DTEND;VALUE=DATE:20301226
            END:VEVENT
            """);

        Assert.That(Days(read), Is.EqualTo(new[] { "2030-12-23 Company holidays", "2030-12-24 Company holidays", "2030-12-25 Company holidays" }));
    }

    [TestCase("FREQ=YEARLY", new[] { 2030, 2031, 2032 })]
    [TestCase("FREQ=YEARLY;UNTIL=20311231T000000Z", new[] { 2030, 2031 })]
    [TestCase("FREQ=YEARLY;COUNT=11", new[] { 2030 })]
    [TestCase("FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=1", new[] { 2030, 2032 })]
    public void What_repeats_yearly_does_so(string rule, int[] years)
    {
        var read = Read($"""
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20200501
            RRULE:{rule}
            END:VEVENT
            """);

        Assert.That(read.Holidays.Select(h => h.Date), Is.EqualTo(years.Select(year => new DateOnly(year, 5, 1))));
    }

    [Test]
    public void A_leap_day_is_one_only_in_leap_years_and_exceptions_are_left_out()
    {
        var read = Read("""
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20200229
            RRULE:FREQ=YEARLY
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20200601
            RRULE:FREQ=YEARLY
            EXDATE;VALUE=DATE:20310601
            END:VEVENT
            """);

        Assert.That(read.Holidays.Select(h => h.Date), Is.EqualTo(new[] { new DateOnly(2030, 6, 1), new DateOnly(2032, 2, 29), new DateOnly(2032, 6, 1) }));
    }

    [TestCase("RRULE:FREQ=WEEKLY", 3)]
    [TestCase("RRULE:FREQ=YEARLY;BYDAY=1MO", 3)]
    [TestCase("RRULE:FREQ=YEARLY;COUNT=many", 3)]
    [TestCase("no colon here", 3)]
    public void What_cannot_be_read_names_its_line(string line, int at)
    {
        var read = Read($"""
            BEGIN:VEVENT
            {line}
            END:VEVENT
            """);

        Assert.That((read.WrongLine, read.Holidays), Is.EqualTo(((int?)at, Array.Empty<object>())));
    }

    [TestCase("")]
    [TestCase("hello: world")]
    [TestCase("BEGIN:VCALENDAR\nBEGIN:VEVENT")]
    public void What_is_no_calendar_is_refused(string text) =>
        Assert.That(IcalHolidays.Read(text, new DateOnly(2030, 1, 1), new DateOnly(2032, 12, 31)).WrongLine, Is.Not.Null);

    private static IcalReading Read(string events) =>
        IcalHolidays.Read($"BEGIN:VCALENDAR\r\n{events.ReplaceLineEndings("\r\n")}\r\nEND:VCALENDAR\r\n", new DateOnly(2030, 1, 1), new DateOnly(2032, 12, 31));

    private static IEnumerable<string> Days(IcalReading read) => read.Holidays.Select(h => $"{h.Date:yyyy-MM-dd} {h.Name}");
}
