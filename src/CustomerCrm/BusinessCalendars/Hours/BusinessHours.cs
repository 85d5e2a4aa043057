using NodaTime;
using NodaTime.Extensions;

namespace CustomerCrm.BusinessCalendars.Hours;

/// <summary>
/// When a business is open, and arithmetic in that time. A moment is open if its local time lies in a period of its local weekday
/// and its local day is no holiday: so an hour that clocks repeat in autumn counts twice, and one that they leave out in spring does not count.
/// </summary>
public sealed class BusinessHours
{
    /// <summary>Further ahead nothing is looked for: who is never open has no due time.</summary>
    internal static readonly Duration Furthest = Duration.FromDays(5 * 366);

    private readonly DateTimeZone zone;
    private readonly ILookup<DayOfWeek, OpeningPeriod> week;
    private readonly Dictionary<DateOnly, string> holidays;

    /// <param name="timeZone">IANA name.</param>
    /// <param name="periods">Of any order, none over another.</param>
    /// <param name="holidays">A day named twice keeps its first name.</param>
    public BusinessHours(string timeZone, IEnumerable<OpeningPeriod> periods, IEnumerable<CalendarHoliday> holidays)
    {
        zone = DateTimeZoneProviders.Tzdb[timeZone];
        week = periods.OrderBy(p => p.FromMinute).ToLookup(p => p.Day!.Value);
        this.holidays = holidays.DistinctBy(h => h.Date).ToDictionary(h => h.Date!.Value, h => h.Name);
    }

    public bool IsOpen(DateTimeOffset moment) => Between(moment, moment + TimeSpan.FromTicks(1)).Any();

    /// <summary>The first open moment that is not before this one; null if there is none within five years.</summary>
    public DateTimeOffset? NextOpen(DateTimeOffset moment) => Between(moment, moment + Furthest.ToTimeSpan()).Select(o => (DateTimeOffset?)o.From).FirstOrDefault();

    /// <summary>How much open time lies in [from, to).</summary>
    public TimeSpan TimeBetween(DateTimeOffset from, DateTimeOffset to) => Between(from, to).Aggregate(TimeSpan.Zero, (sum, opening) => sum + opening.Length);

    /// <summary>When so much open time has passed since; the moment itself for none. Null if that is not so within five years.</summary>
    public DateTimeOffset? Add(DateTimeOffset from, TimeSpan openTime)
    {
        if (openTime <= TimeSpan.Zero) return from;
        foreach (var opening in Between(from, from + Furthest.ToTimeSpan()))
        {
            if (openTime <= opening.Length) return opening.From + openTime;
            openTime -= opening.Length;
        }
        return null;
    }

    /// <summary>The holidays of the local days that [from, to) touches and on which it would have been open otherwise.</summary>
    public IEnumerable<CalendarHoliday> HolidaysBetween(DateTimeOffset from, DateTimeOffset to) => holidays
        .Where(h => h.Key >= DayOf(from) && h.Key <= DayOf(to) && week.Contains(h.Key.DayOfWeek))
        .OrderBy(h => h.Key)
        .Select(h => new CalendarHoliday { Date = h.Key, Name = h.Value });

    public DateOnly DayOf(DateTimeOffset moment) => moment.ToInstant().InZone(zone).Date.ToDateOnly();

    /// <summary>The open stretches of [from, to) in their order; one that goes on over midnight is two, by the days they belong to.</summary>
    public IEnumerable<Opening> Between(DateTimeOffset from, DateTimeOffset to)
    {
        Opening? pending = null;
        foreach (var piece in PiecesBetween(from.ToInstant(), to.ToInstant()))
        {
            if (pending is null) pending = piece;
            else if (pending.To == piece.From && pending.Day == piece.Day) pending = pending with { To = piece.To };
            else
            {
                yield return pending;
                pending = piece;
            }
        }
        if (pending is not null) yield return pending;
    }

    // Between two changes of the clocks local time is the real one and a constant, so there is nothing to be ambiguous about.
    private IEnumerable<Opening> PiecesBetween(Instant from, Instant to)
    {
        for (var at = from; at < to;)
        {
            var steady = zone.GetZoneInterval(at);
            var end = steady.HasEnd && steady.End < to ? steady.End : to;
            for (var day = at.WithOffset(steady.WallOffset).Date; ; day = day.PlusDays(1))
            {
                var midnight = day.AtMidnight().WithOffset(steady.WallOffset).ToInstant();
                if (midnight >= end) break;
                foreach (var period in PeriodsOf(day.ToDateOnly()))
                {
                    var (opens, closes) = (Instant.Max(at, midnight + Duration.FromMinutes(period.FromMinute)), Instant.Min(end, midnight + Duration.FromMinutes(period.ToMinute)));
                    if (opens < closes) yield return new Opening(day.ToDateOnly(), opens.ToDateTimeOffset(), closes.ToDateTimeOffset());
                }
            }
            at = end;
        }
    }

    private IEnumerable<OpeningPeriod> PeriodsOf(DateOnly day) => holidays.ContainsKey(day) ? [] : week[day.DayOfWeek];
}

/// <summary>An open stretch of a day: [from, to).</summary>
/// <param name="Day">The local day it belongs to.</param>
public sealed record Opening(DateOnly Day, DateTimeOffset From, DateTimeOffset To)
{
    internal TimeSpan Length => To - From;
}
