using System.ComponentModel.DataAnnotations;
using CustomerCrm.BusinessCalendars.Ical;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.BusinessCalendars;

/// <summary>POST /business_calendars/{business_calendar_id}/holidays/ical: a holiday calendar as public authorities publish it.</summary>
public static class ImportHolidays
{
    /// <summary>A calendar file, and the days that are wanted of it.</summary>
    /// <example>{"ical":"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Labour Day\nDTSTART;VALUE=DATE:20300501\nEND:VEVENT\nEND:VCALENDAR","from":"2030-01-01","to":"2030-12-31"}</example>
    public sealed record Request : IValidatableObject
    {
        /// <summary>The text of an iCalendar file (RFC 5545). Its all-day events become holidays; what repeats yearly does so from year to year.</summary>
        [StringLength(500_000, MinimumLength = 1)] public required string Ical { get; init; }

        /// <summary>The first day that is wanted.</summary>
        [Required] public DateOnly? From { get; init; }

        /// <summary>The last day that is wanted, at most ten years later.</summary>
        [Required] public DateOnly? To { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (To < From || To > From!.Value.AddYears(10)) yield return new BrokenRule("out_of_range", "Not before from, and at most ten years after it.", nameof(To));
        }
    }

    internal static async Task<BusinessCalendar> Handle(
        [FromRoute(Name = "business_calendar_id")] Id<BusinessCalendar> calendarId, Request request, IfMatch ifMatch, CalendarWriter writer, TenantDb db, CancellationToken ct)
    {
        var current = await BusinessCalendar.FindAsync(calendarId, db, ct);
        ifMatch.Check(current.Revision);
        var read = IcalHolidays.Read(request.Ical, request.From!.Value, request.To!.Value);
        if (read.WrongLine is { } line) throw ApiProblem.Invalid("/ical", "ical_invalid", $"Line {line}: {read.Wrong}");

        // A day that is a holiday already keeps the name that somebody gave it.
        CalendarHoliday[] holidays = [.. current.Holidays.Concat(read.Holidays).DistinctBy(h => h.Date)];
        if (holidays.Length > CreateBusinessCalendar.MostHolidays) throw ApiProblem.Invalid("/ical", "too_many", $"A calendar has at most {CreateBusinessCalendar.MostHolidays} holidays.");
        return await writer.ChangeAsync(current, current with { Holidays = holidays }, ct);
    }
}
