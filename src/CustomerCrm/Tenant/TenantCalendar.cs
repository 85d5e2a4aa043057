using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;

namespace CustomerCrm.Tenant;

/// <summary>Days where the tenant is. A day may be 23 or 25 hours long, and need not begin at midnight.</summary>
public sealed class TenantCalendar
{
    private static readonly ConcurrentDictionary<string, TenantCalendar> known = new(StringComparer.Ordinal);
    private readonly DateTimeZone zone;

    private TenantCalendar(DateTimeZone zone) => this.zone = zone;

    /// <exception cref="NodaTime.TimeZones.DateTimeZoneNotFoundException">The IANA database has no such zone.</exception>
    public static TenantCalendar In(string timeZone) => known.GetOrAdd(timeZone, static name => new TenantCalendar(DateTimeZoneProviders.Tzdb[name]));

    /// <summary>The day on which this moment falls.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => moment.ToInstant().InZone(zone).Date.ToDateOnly();

    /// <summary>The first moment of the day, in UTC.</summary>
    public DateTimeOffset StartOf(DateOnly day) => zone.AtStartOfDay(day.ToLocalDate()).ToInstant().ToDateTimeOffset();
}
