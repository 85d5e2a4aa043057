using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;
using NodaTime;

namespace CustomerCrm.Customers;

/// <summary>An ISO 3166-1 code of two capitals.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CountryCodeAttribute() : ValidationAttribute("Two capitals by ISO 3166-1: AT."), ICoded
{
    public string Code => "country_invalid";

    public override bool IsValid(object? value) => value is null or string and [>= 'A' and <= 'Z', >= 'A' and <= 'Z'];
}

/// <summary>A time zone of the IANA database.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KnownTimeZoneAttribute() : ValidationAttribute("A time zone of the IANA database: Europe/Vienna."), ICoded
{
    public string Code => "time_zone_invalid";

    public override bool IsValid(object? value) =>
        value is null || (value is string { Length: <= 64 } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null);
}

/// <summary>A language tag by the form of RFC 5646: subtags of letters and digits, the first of 2 or 3 letters.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LanguageTagAttribute() : ValidationAttribute("A BCP 47 language tag: de-AT."), ICoded
{
    public string Code => "language_invalid";

    public override bool IsValid(object? value) => value is null || (value is string { Length: <= 35 } tag && IsTag(tag.Split('-')));

    private static bool IsTag(string[] parts) =>
        parts[0].Length is 2 or 3 && parts[0].All(char.IsAsciiLetter) && parts[1..].All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
}
