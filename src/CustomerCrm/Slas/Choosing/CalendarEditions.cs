using System.Text.Json;
using CustomerCrm.BusinessCalendars;
using CustomerCrm.BusinessCalendars.Hours;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Slas.Choosing;

/// <summary>
/// The hours that clocks are counted in, each edition of a calendar by itself: a ledger says which it was counted by, and can be read when the calendar has changed or is gone.
/// </summary>
internal sealed class CalendarEditions(TenantDb db)
{
    private static readonly BusinessHours aroundTheClock = new("UTC", Enum.GetValues<DayOfWeek>().Select(day => new OpeningPeriod { Day = day, From = "00:00", To = "24:00" }), []);

    private readonly Dictionary<(Guid, int), (string Name, string TimeZone, BusinessHours Hours)> known = [];

    /// <summary>Whose hours hold for a ticket's team; null: round the clock.</summary>
    /// <param name="named">What the policy says.</param>
    /// <param name="teamId">The ticket's.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<CalendarEdition?> CurrentAsync(Guid? named, Guid? teamId, CancellationToken ct)
    {
        var calendar = await db.FindAsync<Row>(Wanted, new { CalendarId = Bytes(named), TeamId = Bytes(teamId) }, ct);
        if (calendar is null) return null;
        var edition = new CalendarEdition(calendar.CalendarId, calendar.Edition);
        if (known.TryAdd((calendar.CalendarId.Value, calendar.Edition), (calendar.Name, calendar.TimeZone, calendar.ToHours()))) await db.ExecuteAsync(Keep, new { calendar.CalendarId, calendar.Edition }, ct);
        return edition;
    }

    /// <param name="edition">Null: round the clock.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(string? Name, BusinessHours Hours)> HoursAsync(CalendarEdition? edition, CancellationToken ct) =>
        edition is null ? (null, aroundTheClock) : await FindAsync(edition, ct) is var found ? (found.Name, found.Hours) : default;

    public async Task<string> ZoneAsync(CalendarEdition edition, CancellationToken ct) => (await FindAsync(edition, ct)).TimeZone;

    private async Task<(string Name, string TimeZone, BusinessHours Hours)> FindAsync(CalendarEdition edition, CancellationToken ct)
    {
        var key = (edition.CalendarId.Value, edition.Edition);
        if (!known.TryGetValue(key, out var hours))
            known[key] = hours = await db.FindAsync<Row>(Kept, new { edition.CalendarId, edition.Edition }, ct) is { } kept ? (kept.Name, kept.TimeZone, kept.ToHours())
                : throw new InvalidOperationException("An edition of a calendar is kept as long as a ledger may name it.");
        return hours;
    }

    private static byte[]? Bytes(Guid? id) => id?.ToByteArray(bigEndian: true);

    private sealed record Row
    {
        public required Id<BusinessCalendar> CalendarId { get; init; }
        public required int Edition { get; init; }
        public required string Name { get; init; }
        public required string TimeZone { get; init; }
        public required string HoursText { get; init; }
        public required string HolidaysText { get; init; }

        public BusinessHours ToHours() => new(TimeZone, JsonSerializer.Deserialize<OpeningPeriod[]>(HoursText, StrictJson.Options)!, JsonSerializer.Deserialize<CalendarHoliday[]>(HolidaysText, StrictJson.Options)!);
    }

    // The one that is named, else the team's, else the default: exactly one of the three parts holds.
    private static readonly TenantSql Wanted = TenantSql.Of("""
        SELECT c.Id AS CalendarId, c.Revision AS Edition, c.Name, c.TimeZone, c.HoursText, c.HolidaysText
        FROM BusinessCalendars c
        WHERE c.TenantId = @TenantId
          AND c.Id = COALESCE(
                (SELECT n.Id FROM BusinessCalendars n WHERE n.TenantId = @TenantId AND n.Id = @CalendarId),
                (SELECT b.Id FROM SlaTeamCalendars t JOIN BusinessCalendars b ON b.TenantId = t.TenantId AND b.Id = t.CalendarId WHERE t.TenantId = @TenantId AND t.TeamId = @TeamId),
                (SELECT d.Id FROM BusinessCalendars d WHERE d.TenantId = @TenantId AND d.IsDefault = 1))
        """);

    private static readonly TenantSql Kept = TenantSql.Of("""
        SELECT c.CalendarId, c.Edition, c.Name, c.TimeZone, c.HoursText, c.HolidaysText
        FROM SlaCalendars c
        WHERE c.TenantId = @TenantId
          AND c.CalendarId = @CalendarId
          AND c.Edition = @Edition
        """);

    private static readonly TenantSql Keep = TenantSql.Of("""
        INSERT INTO SlaCalendars (TenantId, CalendarId, Edition, Name, TimeZone, HoursText, HolidaysText)
        SELECT c.TenantId, c.Id, c.Revision, c.Name, c.TimeZone, c.HoursText, c.HolidaysText
        FROM BusinessCalendars c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CalendarId
          AND c.Revision = @Edition
          AND NOT EXISTS (SELECT 1 FROM SlaCalendars k WHERE k.TenantId = @TenantId AND k.CalendarId = @CalendarId AND k.Edition = @Edition)
        """);
}

/// <summary>A calendar as it was in one revision.</summary>
internal sealed record CalendarEdition(Id<BusinessCalendar> CalendarId, int Edition);
