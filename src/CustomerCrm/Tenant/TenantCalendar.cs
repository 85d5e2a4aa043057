using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;

namespace CustomerCrm.Tenant;

/// <summary>Days where the tenant is. A day may be 23 or 25 hours long, and need not begin at midnight.</summary>
public sealed class TenantCalendar
{
    private static readonly ConcurrentDictionary<string, TenantCalendar> known = new(StringComparer.Ordinal);

    // Not AtStartOfDay: a whole day can be skipped, as 30 December 2011 was in Samoa, and then it has no start.
    private static readonly ZoneLocalMappingResolver firstMoment = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
    private readonly DateTimeZone zone;

    private TenantCalendar(DateTimeZone zone) => this.zone = zone;

    /// <exception cref="NodaTime.TimeZones.DateTimeZoneNotFoundException">The IANA database has no such zone.</exception>
    public static TenantCalendar In(string timeZone) => known.GetOrAdd(timeZone, static name => new TenantCalendar(DateTimeZoneProviders.Tzdb[name]));

    /// <summary>The day on which this moment falls.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => moment.ToInstant().InZone(zone).Date.ToDateOnly();

    /// <summary>The first moment of the day, in UTC; of a day that was skipped, that of the next.</summary>
    public DateTimeOffset StartOf(DateOnly day) => zone.ResolveLocal(day.ToLocalDate().AtMidnight(), firstMoment).ToInstant().ToDateTimeOffset();
}
