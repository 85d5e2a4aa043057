using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.BusinessCalendars.Hours;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.BusinessCalendars;

/// <summary>When a business is open: what "within four business hours" means.</summary>
public sealed record BusinessCalendar : IHasId, IVersioned
{
    public static string Prefix => "cal";

    public required Id<BusinessCalendar> Id { get; init; }

    /// <summary>No two calendars have the same, capitals aside.</summary>
    /// <example>Support, Vienna</example>
    public required string Name { get; init; }

    /// <summary>The IANA time zone that its hours and days are in.</summary>
    /// <example>Europe/Vienna</example>
    public required string TimeZone { get; init; }

    /// <summary>By weekday, several a day if there are breaks.</summary>
    public IReadOnlyList<OpeningPeriod> Hours
    {
        get => Read<OpeningPeriod>(HoursText);
        init => HoursText = Write(value);
    }

    /// <summary>Days when nobody is there, in their order.</summary>
    public IReadOnlyList<CalendarHoliday> Holidays
    {
        get => Read<CalendarHoliday>(HolidaysText);
        init => HolidaysText = Write(value.OrderBy(h => h.Date));
    }

    /// <summary>Whether it holds where no other is named. Exactly one does, as soon as there is any.</summary>
    public required bool IsDefault { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    internal string HoursText { get; init; } = "[]";

    [JsonIgnore]
    internal string HolidaysText { get; init; } = "[]";

    /// <summary>The same, to count with.</summary>
    internal BusinessHours ToHours() => new(TimeZone, Hours, Holidays);

    internal static ApiProblem Exists() => ApiProblem.Conflict("business_calendar_exists", "There is a calendar of this name already.");

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<BusinessCalendar> FindAsync(Id<BusinessCalendar> calendarId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<BusinessCalendar>(ById, new { CalendarId = calendarId }, ct) ?? throw ApiProblem.NotFound("business calendar");

    private static IReadOnlyList<T> Read<T>(string text) => JsonSerializer.Deserialize<IReadOnlyList<T>>(text, StrictJson.Options)!;

    private static string Write<T>(IEnumerable<T> values) => JsonSerializer.Serialize(values, StrictJson.Options);

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT c.Id, c.Name, c.TimeZone, c.HoursText, c.HolidaysText, c.IsDefault, c.Revision, c.CreatedAt, c.UpdatedAt
        FROM BusinessCalendars c
        WHERE c.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT c.Id, c.Name, c.TimeZone, c.HoursText, c.HolidaysText, c.IsDefault, c.Revision, c.CreatedAt, c.UpdatedAt
        FROM BusinessCalendars c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CalendarId
        """);
}
