using CustomerCrm.BusinessCalendars;
using CustomerCrm.BusinessCalendars.Hours;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Reports.Facts;

/// <summary>Whose hours count for a ticket: its team's, else the default calendar's, else round the clock.</summary>
internal sealed class ServiceHours(TenantDb db)
{
    // Reading a calendar is worth more than one ticket of a batch.
    private readonly Dictionary<string, BusinessHours?> known = [];

    /// <returns>Null: round the clock.</returns>
    public async Task<BusinessHours?> OfAsync(byte[]? teamId, CancellationToken ct)
    {
        var key = teamId is null ? "" : Convert.ToHexString(teamId);
        if (!known.TryGetValue(key, out var hours))
            known[key] = hours = await db.QueryTopAsync<BusinessCalendar>(Wanted, 1, new { TeamId = teamId }, ct) is [var calendar] ? calendar.ToHours() : null;
        return hours;
    }

    /// <summary>Open time between two moments, in whole seconds; a stretch of more than ten years is counted for its first ten.</summary>
    public static long Seconds(BusinessHours? hours, DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from) return 0;
        if (hours is null) return (long)(to - from).TotalSeconds;
        var end = to - from > TimeSpan.FromDays(3650) ? from.AddDays(3650) : to;
        return (long)hours.TimeBetween(from, end).TotalSeconds;
    }

    private static readonly TenantSql Wanted = BusinessCalendar.All.Then("""
          AND (c.IsDefault = 1 OR c.Id IN (SELECT w.CalendarId FROM SlaTeamCalendars w WHERE w.TenantId = @TenantId AND w.TeamId = @TeamId))
        ORDER BY c.IsDefault, c.Id
        """);
}
