using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;
using NodaTime.TimeZones;

namespace CustomerCrm.Tenant;

/// <summary>The text is the name of a time zone in the IANA database, written as there.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeZoneNameAttribute() : ValidationAttribute("Not a time zone: give its IANA name, as in Europe/Vienna."), ICoded
{
    public string Code => "unknown_time_zone";

    public override bool IsValid(object? value) =>
        value is null || (value is string name && TzdbDateTimeZoneSource.Default.CanonicalIdMap.ContainsKey(name));
}
