using CustomerCrm.Customers.Contacting;
using NodaTime;

namespace CustomerCrm.ContactPolicy.Deciding;

/// <summary>
/// When the clock on the customer's wall says that they are to be left alone. What counts is what the clock says: where it is turned back, the
/// same hour is quiet twice, and an hour that is skipped is not there to be quiet.
/// </summary>
internal sealed class QuietTime(PolicySettings policy, DateTimeZone zone)
{
    // From any moment, what can end quiet time lies within two days; days without any message may follow one another for longer.
    private const int LongestDays = 400;

    private readonly Dictionary<LocalDate, string> holidays = policy.Holidays.DistinctBy(h => h.Date).ToDictionary(h => LocalDate.FromDateOnly(h.Date!.Value), h => h.Name);
    private readonly HashSet<IsoDayOfWeek> quietDays = [.. policy.QuietDays.Select(IsoOf)];
    private readonly (HashSet<IsoDayOfWeek> Days, LocalTime From, LocalTime Until)[] hours =
        [.. policy.QuietHours.Select(h => (h.Days.Select(IsoOf).ToHashSet(), LocalTime.FromTimeOnly(h.From), LocalTime.FromTimeOnly(h.Until)))];

    public static bool IsFor(PolicySettings policy, MessagePurpose purpose) => policy.QuietPurposes.Contains(purpose);

    /// <summary>What makes this moment quiet, for people; null: nothing.</summary>
    public string? At(Instant moment)
    {
        var local = moment.InZone(zone).LocalDateTime;
        if (holidays.TryGetValue(local.Date, out var holiday)) return holiday;
        if (quietDays.Contains(local.DayOfWeek)) return "quiet day";
        return hours.Any(h => IsWithin(h, local)) ? "quiet hours" : null;
    }

    /// <summary>The first moment from this one on that is not quiet; null: there is none for more than a year.</summary>
    public Instant? FirstAllowed(Instant from)
    {
        if (!IsQuiet(from)) return from;
        var day = from.InZone(zone).Date;
        for (var i = 0; i <= LongestDays; i++, day = day.PlusDays(1))
            if (EndsOn(day).Where(end => end > from && !IsQuiet(end)).Order().Cast<Instant?>().FirstOrDefault() is { } end) return end;
        return null;
    }

    private bool IsQuiet(Instant moment) => At(moment) is not null;

    // Quiet time can only end where a day begins, where an end is on the clock (twice, if the clock is turned back over it), or where the clock jumps.
    private IEnumerable<Instant> EndsOn(LocalDate day)
    {
        var (start, next) = (StartOf(day), StartOf(day.PlusDays(1)));
        yield return start;
        foreach (var hour in hours)
        {
            var mapping = zone.MapLocal(day + hour.Until);
            if (mapping.Count > 0) yield return mapping.First().ToInstant();
            if (mapping.Count > 1) yield return mapping.Last().ToInstant();
        }
        if (start == next) yield break;
        foreach (var interval in zone.GetZoneIntervals(start, next))
            if (interval.HasStart && interval.Start > start) yield return interval.Start;
    }

    // Not AtStartOfDay: a whole day can be skipped, as 30 December 2011 was in Samoa, and then it has no start.
    private Instant StartOf(LocalDate day) => zone.AtLeniently(day.AtMidnight()).ToInstant();

    private static bool IsWithin((HashSet<IsoDayOfWeek> Days, LocalTime From, LocalTime Until) hours, LocalDateTime local)
    {
        var (time, today, yesterday) = (local.TimeOfDay, local.DayOfWeek, local.Date.PlusDays(-1).DayOfWeek);
        if (hours.From < hours.Until) return hours.Days.Contains(today) && time >= hours.From && time < hours.Until;
        return (hours.Days.Contains(today) && time >= hours.From) || (hours.Days.Contains(yesterday) && time < hours.Until);
    }

    private static IsoDayOfWeek IsoOf(DayOfWeek day) => day == DayOfWeek.Sunday ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)day;
}
