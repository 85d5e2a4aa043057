using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.BusinessCalendars;

/// <summary>PATCH /business_calendars/{business_calendar_id}: hours and holidays are replaced as a whole.</summary>
public static class ChangeBusinessCalendar
{
    public sealed record Request : IValidatableObject
    {
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        [Required, TimeZoneName] public Change<string> TimeZone { get; init; }

        [Required, MinLength(1), MaxLength(CreateBusinessCalendar.MostPeriods)] public Change<IReadOnlyList<OpeningPeriod>> Hours { get; init; }

        [Required, MaxLength(CreateBusinessCalendar.MostHolidays)] public Change<IReadOnlyList<CalendarHoliday>> Holidays { get; init; }

        /// <summary>Only true: the default stops being it when another becomes it.</summary>
        public Change<bool> IsDefault { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context) => CalendarRules.Broken(Hours.Value, Holidays.Value);
    }

    internal static async Task<BusinessCalendar> Handle(
        [FromRoute(Name = "business_calendar_id")] Id<BusinessCalendar> calendarId, Request request, IfMatch ifMatch,
        CalendarWriter writer, TenantDb db, CancellationToken ct)
    {
        var current = await BusinessCalendar.FindAsync(calendarId, db, ct);
        ifMatch.Check(current.Revision);
        if (request.IsDefault is { IsSet: true, Value: false } && current.IsDefault)
            throw ApiProblem.Invalid("/is_default", "is_the_default", "Make another calendar the default instead.");
        return await writer.ChangeAsync(current, current with
        {
            Name = request.Name.Or(current.Name)!,
            TimeZone = request.TimeZone.Or(current.TimeZone)!,
            Hours = request.Hours.Or(current.Hours)!,
            Holidays = request.Holidays.Or(current.Holidays)!,
            IsDefault = request.IsDefault.Or(current.IsDefault),
        }, ct);
    }
}

/// <summary>Writes a changed calendar.</summary>
internal sealed class CalendarWriter(TenantDb db, DefaultCalendar defaults, EventLog events, TimeProvider clock)
{
    /// <returns>As it is now; the same revision if nothing changed.</returns>
    /// <exception cref="ApiProblem">409: the name is taken; 412: somebody else changed it since it was read.</exception>
    public async Task<BusinessCalendar> ChangeAsync(BusinessCalendar current, BusinessCalendar wanted, CancellationToken ct)
    {
        if (wanted == current) return current;
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (changed.IsDefault && !current.IsDefault) await defaults.LeaveAsync(changed.UpdatedAt, ct);
        try
        {
            if (await db.ExecuteAsync(Update, new
            {
                changed.Id, changed.Name, NameKey = NormalizedName.Of(changed.Name), changed.TimeZone, changed.HoursText, changed.HolidaysText, changed.IsDefault, changed.Revision, changed.UpdatedAt,
            }, ct) == 0) throw ApiProblem.PreconditionFailed();
        }
        catch (DuplicateKeyException)
        {
            throw BusinessCalendar.Exists();
        }
        events.Record("business_calendar.updated", changed);
        return changed;
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE BusinessCalendars
        SET Name = @Name, NameKey = @NameKey, TimeZone = @TimeZone, HoursText = @HoursText, HolidaysText = @HolidaysText, IsDefault = @IsDefault,
            Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);
}
