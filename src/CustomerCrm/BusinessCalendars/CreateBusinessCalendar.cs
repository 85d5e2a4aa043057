using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.BusinessCalendars;

/// <summary>POST /business_calendars</summary>
public static class CreateBusinessCalendar
{
    internal const int MostCalendars = 100, MostPeriods = 100, MostHolidays = 1000;

    public sealed record Request : IValidatableObject
    {
        /// <example>Support, Vienna</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        /// <summary>Left out: the tenant's own.</summary>
        /// <example>Europe/Vienna</example>
        [TimeZoneName] public string? TimeZone { get; init; }

        /// <summary>None of a day may begin before another of that day has ended.</summary>
        [MinLength(1), MaxLength(MostPeriods)] public required IReadOnlyList<OpeningPeriod> Hours { get; init; }

        [MaxLength(MostHolidays)] public IReadOnlyList<CalendarHoliday> Holidays { get; init; } = [];

        /// <summary>Whether it takes the place of the default there is. The first calendar is the default in any case.</summary>
        public bool IsDefault { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context) => CalendarRules.Broken(Hours, Holidays);
    }

    internal static async Task<Created<BusinessCalendar>> Handle(
        Request request, CurrentSettings settings, DefaultCalendar defaults, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var count = await defaults.CountAsync(ct);
        if (count >= MostCalendars) throw ApiProblem.Conflict("too_many_business_calendars", $"There are at most {MostCalendars} calendars.");
        var now = clock.GetUtcNow();
        var calendar = new BusinessCalendar
        {
            Id = Id<BusinessCalendar>.New(),
            Name = request.Name,
            TimeZone = request.TimeZone ?? (await settings.GetAsync(ct)).TimeZone,
            Hours = request.Hours,
            Holidays = request.Holidays,
            IsDefault = request.IsDefault || count == 0,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (calendar.IsDefault) await defaults.LeaveAsync(now, ct);
        try
        {
            await db.ExecuteAsync(Insert, new { calendar.Id, calendar.Name, NameKey = NormalizedName.Of(calendar.Name), calendar.TimeZone, calendar.HoursText, calendar.HolidaysText, calendar.IsDefault, Now = now }, ct);
        }
        catch (DuplicateKeyException)
        {
            throw BusinessCalendar.Exists();
        }
        events.Record("business_calendar.created", calendar);
        return TypedResults.Created($"/v1/business_calendars/{calendar.Id}", calendar);
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO BusinessCalendars (TenantId, Id, Name, NameKey, TimeZone, HoursText, HolidaysText, IsDefault, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @TimeZone, @HoursText, @HolidaysText, @IsDefault, 1, @Now, @Now)
        """);
}
