using System.Globalization;

namespace CustomerCrm.Imports.Mapping;

/// <summary>Days and times as they stand in files. Pure.</summary>
internal static class WrittenTime
{
    /// <summary>What a format is made of.</summary>
    public const string Saying = "It has to tell the whole day, and of a time at least hours and minutes: dd.MM.yyyy, M/d/yy, MMM d, yyyy, dd.MM.yyyy HH:mm, MM/dd/yyyy hh:mm tt, yyyyMMdd HH:mm:ss zzz. Mind that MM are months and mm minutes.";

    private const string Day = "yyyy-MM-dd", Exact = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    // An offset is read where there is one, and so is a part of a second.
    private static readonly string[] times = [Day, "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private static readonly DateTime some = new(2001, 11, 23, 16, 5, 0, DateTimeKind.Utc);

    /// <summary>Whether whoever writes a time so can be understood.</summary>
    public static bool IsFormat(string format)
    {
        try
        {
            return TryRead(some.ToString(format, CultureInfo.InvariantCulture), [format], out var read) && (read == some || read == some.Date);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The day as JSON has it, of a time as it is written there; null where it cannot be read.</summary>
    public static string? DayOf(string cell, string? format) =>
        DateTimeOffset.TryParseExact(cell, format ?? Day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToString(Day, CultureInfo.InvariantCulture) : null;

    /// <summary>The time as JSON has it; null where it cannot be read. With an offset it says itself when it was; without one it was written where the tenant is.</summary>
    public static string? TimeOf(string cell, string? format, TimeZoneInfo zone)
    {
        if (!TryRead(cell, format is null ? times : [format], out var time)) return null;
        if (time.Kind != DateTimeKind.Utc) time = TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(time) ? time.AddHours(1) : time, zone);
        return time.ToString(Exact, CultureInfo.InvariantCulture);
    }

    /// <summary>In UTC where it has an offset; else of no kind.</summary>
    private static bool TryRead(string cell, string[] formats, out DateTime time) =>
        DateTime.TryParseExact(cell, formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
}
