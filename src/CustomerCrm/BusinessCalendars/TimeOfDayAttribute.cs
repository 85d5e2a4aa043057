using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.BusinessCalendars;

/// <summary>A time of day to the minute, from <c>00:00</c> to <c>24:00</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeOfDayAttribute() : ValidationAttribute("A time of day in hours and minutes, from 00:00 to 24:00."), ICoded
{
    public string Code => "time_invalid";

    public override bool IsValid(object? value) => value is not string text || Read(text) is not null;

    /// <summary>Minutes since midnight.</summary>
    internal static int MinuteOf(string text) => Read(text) ?? throw new FormatException("Not a time of day.");

    private static int? Read(string text) =>
        text == "24:00" ? 24 * 60
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute
        : null;
}
