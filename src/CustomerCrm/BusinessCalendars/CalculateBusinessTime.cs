using System.ComponentModel.DataAnnotations;
using CustomerCrm.BusinessCalendars.Hours;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.BusinessCalendars;

/// <summary>POST /business_calendars/{business_calendar_id}/calculation: when so much open time is over, or how much of it lies between, and why.</summary>
public static class CalculateBusinessTime
{
    internal const int MostMinutes = 366 * 24 * 60, MostOpenings = 500;

    /// <summary>Where counting begins, and either how long it goes on or where it ends.</summary>
    /// <example>{"from":"2030-01-18T15:30:00Z","minutes":240}</example>
    public sealed record Request : IValidatableObject
    {
        /// <summary>Where counting begins.</summary>
        [Required] public DateTimeOffset? From { get; init; }

        /// <summary>How many minutes of open time must pass: then <c>to</c> is answered.</summary>
        [Range(0, MostMinutes)] public int? Minutes { get; init; }

        /// <summary>Where counting ends: then <c>minutes</c> are answered. At most 366 days after <c>from</c>.</summary>
        public DateTimeOffset? To { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Minutes is null == To is null) yield return new BrokenRule("one_of", "Either minutes or to.", nameof(Minutes));
            if (From!.Value.Year is < 1900 or > 2200) yield return new BrokenRule("out_of_range", "Between the years 1900 and 2200.", nameof(From));
            if (To < From) yield return new BrokenRule("out_of_range", "Not before from.", nameof(To));
            if (To - From > TimeSpan.FromMinutes(MostMinutes)) yield return new BrokenRule("out_of_range", "At most 366 days after from.", nameof(To));
        }
    }

    /// <summary>The result, with the openings that it was counted over.</summary>
    public sealed record Calculation
    {
        public required DateTimeOffset From { get; init; }
        public required DateTimeOffset To { get; init; }

        /// <summary>Minutes of open time between the two.</summary>
        public required double Minutes { get; init; }

        /// <summary>Whether it is open when counting begins.</summary>
        public required bool IsOpenAtFrom { get; init; }

        /// <summary>What was counted, in its order; the first 500.</summary>
        public required IReadOnlyList<Opening> Openings { get; init; }

        /// <summary>Holidays on the way, on which it would have been open otherwise.</summary>
        public required IReadOnlyList<CalendarHoliday> Holidays { get; init; }
    }

    internal static async Task<Calculation> Handle(
        [FromRoute(Name = "business_calendar_id")] Id<BusinessCalendar> calendarId, Request request, TenantDb db, CancellationToken ct)
    {
        var hours = (await BusinessCalendar.FindAsync(calendarId, db, ct)).ToHours();
        var from = request.From!.Value;
        var to = request.To ?? hours.Add(from, TimeSpan.FromMinutes(request.Minutes!.Value))
            ?? throw ApiProblem.Invalid("/minutes", "never", "So much open time does not come together within five years.");
        return new Calculation
        {
            From = from,
            To = to,
            Minutes = request.Minutes ?? hours.TimeBetween(from, to).TotalMinutes,
            IsOpenAtFrom = hours.IsOpen(from),
            Openings = [.. hours.Between(from, to).Take(MostOpenings)],
            Holidays = [.. hours.HolidaysBetween(from, to)],
        };
    }
}
