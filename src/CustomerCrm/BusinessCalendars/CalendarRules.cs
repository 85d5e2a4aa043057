using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.BusinessCalendars;

/// <summary>What must hold between the parts of a calendar.</summary>
internal static class CalendarRules
{
    public static IEnumerable<ValidationResult> Broken(IReadOnlyList<OpeningPeriod>? hours, IReadOnlyList<CalendarHoliday>? holidays)
    {
        if (hours is not null && OpeningPeriod.FirstOverlap(hours) is { } overlap)
            yield return new BrokenRule("overlaps", "The period begins before another of its day has ended.", string.Create(CultureInfo.InvariantCulture, $"Hours[{overlap}].From"));
        var seen = new HashSet<DateOnly>();
        for (var i = 0; i < holidays?.Count; i++)
            if (!seen.Add(holidays[i].Date!.Value)) yield return new BrokenRule("duplicate", "The day is a holiday already.", string.Create(CultureInfo.InvariantCulture, $"Holidays[{i}].Date"));
    }
}
