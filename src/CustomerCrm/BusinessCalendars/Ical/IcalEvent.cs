using System.Globalization;
using CustomerCrm.Platform;

namespace CustomerCrm.BusinessCalendars.Ical;

/// <summary>One event, while it is being read.</summary>
internal sealed class IcalEvent
{
    private readonly HashSet<DateOnly> except = [];
    private DateOnly? start, end, until;
    private string summary = "Holiday";
    private bool isYearly;
    private int interval = 1, count = int.MaxValue;
    private string? month, monthDay;

    /// <summary>What is wrong with it as a whole; null if nothing is.</summary>
    public string? Wrong => start is { } first && ((month is not null && month != $"{first.Month}") || (monthDay is not null && monthDay != $"{first.Day}"))
        ? "it repeats on another day than it begins; name the days." : null;

    /// <returns>What is wrong with the property; null if nothing is, or it says nothing about days.</returns>
    public string? Take(IcalLine property)
    {
        switch (property.Name)
        {
            case "DTSTART": start = IcalHolidays.Day(property.Value); break;
            case "DTEND": end = IcalHolidays.Day(property.Value); break;
            case "SUMMARY" when Plain(property.Value) is { Length: > 0 } name: summary = name.Beginning(200); break;
            case "EXDATE": except.UnionWith(property.Value.Split(',').Select(IcalHolidays.Day).OfType<DateOnly>()); break;
            case "RRULE": return TakeRule(property.Value);
        }
        return null;
    }

    public IEnumerable<CalendarHoliday> HolidaysBetween(DateOnly from, DateOnly to, int longest)
    {
        if (start is not { } first) yield break; // at a time of day: no holiday
        var length = end is { } last && last > first ? Math.Min(last.DayNumber - first.DayNumber, longest) : 1;
        for (var i = 0; i < count && first.Year + (i * interval) <= Math.Min(to.Year, until?.Year ?? to.Year); i++)
        {
            if (i > 0 && !isYearly) yield break;
            var year = first.Year + (i * interval);
            if (!DateOnly.TryParseExact($"{year:0000}{first:MMdd}", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begins)) continue; // 29 February
            if (begins > until) yield break;
            if (except.Contains(begins)) continue;
            for (var day = begins; day < begins.AddDays(length); day = day.AddDays(1))
                if (day >= from && day <= to) yield return new CalendarHoliday { Date = day, Name = summary };
        }
    }

    private string? TakeRule(string rule)
    {
        var parts = rule.Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToLookup(part => part[0].ToUpperInvariant(), part => part[1].ToUpperInvariant());
        if (parts["FREQ"].FirstOrDefault() != "YEARLY") return "only what repeats yearly can be read.";
        if (parts.Any(part => part.Key is not ("FREQ" or "INTERVAL" or "COUNT" or "UNTIL" or "BYMONTH" or "BYMONTHDAY" or "WKST"))) return "a repetition by weekday cannot be read; name the days.";
        (isYearly, month, monthDay) = (true, parts["BYMONTH"].FirstOrDefault(), parts["BYMONTHDAY"].FirstOrDefault());
        if (parts["INTERVAL"].FirstOrDefault() is { } every && (!int.TryParse(every, CultureInfo.InvariantCulture, out interval) || interval is < 1 or > 1000)) return "INTERVAL is not a number of years.";
        if (parts["COUNT"].FirstOrDefault() is { } times && (!int.TryParse(times, CultureInfo.InvariantCulture, out count) || count < 1)) return "COUNT is not a number.";
        if (parts["UNTIL"].FirstOrDefault() is { } lastDay && (until = IcalHolidays.Day(lastDay.Split('T')[0])) is null) return "UNTIL is not a day.";
        return null;
    }

    // RFC 5545, 3.3.11: commas, semicolons and line breaks are escaped.
    private static string Plain(string value) =>
        value.Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal).Trim();
}
