namespace CustomerCrm.Analytics.Retention;

/// <summary>Calendar months, each named by its first day.</summary>
internal static class Months
{
    public static DateOnly Of(DateOnly day) => new(day.Year, day.Month, 1);

    public static DateOnly Of(int dayNumber) => Of(DateOnly.FromDayNumber(dayNumber));

    public static int Between(DateOnly earlier, DateOnly later) => (later.Year - earlier.Year) * 12 + later.Month - earlier.Month;
}
