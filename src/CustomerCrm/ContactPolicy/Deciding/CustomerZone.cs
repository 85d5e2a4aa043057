using System.Collections.Frozen;
using NodaTime;
using NodaTime.TimeZones;

namespace CustomerCrm.ContactPolicy.Deciding;

/// <summary>Whose clock counts: the customer's own, else that of their country where it has only one, else the tenant's.</summary>
internal static class CustomerZone
{
    private static readonly FrozenDictionary<string, string> ofCountry = TzdbDateTimeZoneSource.Default.ZoneLocations!
        .GroupBy(location => location.CountryCode)
        .Where(country => country.Count() == 1)
        .ToFrozenDictionary(country => country.Key, country => country.Single().ZoneId, StringComparer.Ordinal);

    public static (DateTimeZone Zone, ZoneSource Source) Of(string? customerZone, string? country, string tenantZone)
    {
        if (customerZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(customerZone) is { } own) return (own, ZoneSource.Customer);
        if (country is not null && ofCountry.TryGetValue(country, out var id) && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } only) return (only, ZoneSource.Country);
        return (DateTimeZoneProviders.Tzdb[tenantZone], ZoneSource.Tenant);
    }
}
