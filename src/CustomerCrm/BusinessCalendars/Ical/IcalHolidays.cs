using System.Globalization;

namespace CustomerCrm.BusinessCalendars.Ical;

/// <summary>
/// Reads the all-day events of an iCalendar text (RFC 5545): DTSTART, DTEND (not included), SUMMARY, yearly repetition with UNTIL, COUNT and
/// INTERVAL, and EXDATE. Events at a time of day are no holidays. No package restores that reads it, and this much is little.
/// </summary>
internal static class IcalHolidays
{
    private const int LongestEvent = 31;

    public static IcalReading Read(string text, DateOnly from, DateOnly to)
    {
        var holidays = new List<CalendarHoliday>();
        IcalEvent? open = null;
        var (line, isCalendar) = (0, false);
        foreach (var property in IcalLine.Unfold(text))
        {
            line = property.Number;
            switch (property.Name, property.Value)
            {
                case ("BEGIN", "VCALENDAR"): isCalendar = true; break;
                case ("BEGIN", "VEVENT"): open = new IcalEvent(); break;
                case ("END", "VEVENT") when open is not null:
                    if (open.Wrong is { } odd) return IcalReading.Of(line, odd);
                    holidays.AddRange(open.HolidaysBetween(from, to, LongestEvent));
                    open = null;
                    break;
                case (null, _): return IcalReading.Of(line, "a name, a colon and a value were expected.");
                default:
                    if (open?.Take(property) is { } wrong) return IcalReading.Of(line, wrong);
                    break;
            }
        }
        if (!isCalendar) return IcalReading.Of(1, "BEGIN:VCALENDAR was expected.");
        if (open is not null) return IcalReading.Of(line, "END:VEVENT is missing.");
        return new IcalReading([.. holidays.OrderBy(h => h.Date).DistinctBy(h => h.Date)], null, null);
    }

    /// <summary><c>20300101</c>; null for anything else, such as a time of day.</summary>
    internal static DateOnly? Day(string value) =>
        DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <param name="Holidays">In their order, one a day.</param>
/// <param name="WrongLine">Where reading stopped; null if all could be read.</param>
/// <param name="Wrong">Why.</param>
internal sealed record IcalReading(IReadOnlyList<CalendarHoliday> Holidays, int? WrongLine, string? Wrong)
{
    public static IcalReading Of(int line, string wrong) => new([], line, wrong);
}
