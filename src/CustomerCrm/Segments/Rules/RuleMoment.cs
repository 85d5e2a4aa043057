using CustomerCrm.Tenant;

namespace CustomerCrm.Segments.Rules;

/// <summary>The moment at which a rule is asked, and the tenant's days round it.</summary>
internal sealed record RuleMoment(DateTimeOffset Now, TenantCalendar Calendar, DayOfWeek WeekStart)
{
    public static RuleMoment Of(DateTimeOffset now, TenantSettings settings) => new(now, settings.Calendar, settings.WeekStart);

    /// <summary>The day on which it is asked, where the tenant is.</summary>
    public DateOnly Today => Calendar.DayOf(Now);

    /// <summary>The first and the last moment of a period.</summary>
    public (DateTimeOffset First, DateTimeOffset Last) SpanOf(Period period)
    {
        var (first, last) = DaysOf(period);
        return (Calendar.StartOf(first), Calendar.StartOf(last.AddDays(1)).AddTicks(-1));
    }

    /// <summary>The first and the last day of a period.</summary>
    public (DateOnly First, DateOnly Last) DaysOf(Period period)
    {
        var today = Today;
        var week = today.AddDays(-((today.DayOfWeek - WeekStart + 7) % 7));
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = new DateOnly(today.Year, (today.Month - 1) / 3 * 3 + 1, 1);
        var year = new DateOnly(today.Year, 1, 1);
        return period switch
        {
            Period.Today => (today, today),
            Period.Yesterday => (today.AddDays(-1), today.AddDays(-1)),
            Period.ThisWeek => (week, week.AddDays(6)),
            Period.LastWeek => (week.AddDays(-7), week.AddDays(-1)),
            Period.ThisMonth => (month, month.AddMonths(1).AddDays(-1)),
            Period.LastMonth => (month.AddMonths(-1), month.AddDays(-1)),
            Period.ThisQuarter => (quarter, quarter.AddMonths(3).AddDays(-1)),
            Period.LastQuarter => (quarter.AddMonths(-3), quarter.AddDays(-1)),
            Period.ThisYear => (year, year.AddYears(1).AddDays(-1)),
            _ => (year.AddYears(-1), year.AddDays(-1)),
        };
    }
}

/// <summary>A stretch of whole days where the tenant is: its zone, and the week beginning on the tenant's day.</summary>
public enum Period
{
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    ThisQuarter,
    LastQuarter,
    ThisYear,
    LastYear,
}
