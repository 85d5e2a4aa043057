using System.Globalization;
using CustomerCrm.Bots.Flow;
using CustomerCrm.BusinessCalendars;
using CustomerCrm.Platform.Data;
using NodaTime;
using NodaTime.Extensions;

namespace CustomerCrm.Bots.Answering;

/// <summary>Whether people are there, by the flow's calendar or the default one; always, where there is none.</summary>
internal sealed class BotHours(TenantDb db)
{
    /// <returns>And when they are next, by the clock of the calendar.</returns>
    public async Task<(bool AreOpen, string? OpensAt)> AtAsync(BotFlow flow, DateTimeOffset now, CancellationToken ct)
    {
        var calendar = flow.CalendarId is { } id ? await db.FindAsync<BusinessCalendar>(ById, new { CalendarId = id }, ct) : null;
        calendar ??= await db.FindAsync<BusinessCalendar>(Default, null, ct);
        if (calendar is null) return (true, null);
        var hours = calendar.ToHours();
        if (hours.IsOpen(now)) return (true, null);
        return (false, hours.NextOpen(now) is { } next ? next.ToInstant().InZone(DateTimeZoneProviders.Tzdb[calendar.TimeZone]).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : null);
    }

    private static readonly TenantSql ById = BusinessCalendar.All.Then("AND c.Id = @CalendarId");

    private static readonly TenantSql Default = BusinessCalendar.All.Then("AND c.IsDefault = 1");
}
