using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Sentiment.Reports;

/// <summary>The days a report is about, both included, in the tenant's zone.</summary>
internal sealed record ReportRange(DateOnly From, DateOnly To, TenantCalendar Calendar)
{
    private const int MostDays = 366, UsualDays = 28;

    public DateTimeOffset Starts => Calendar.StartOf(From);

    /// <summary>Not included.</summary>
    public DateTimeOffset Ends => Calendar.StartOf(To.AddDays(1));

    /// <exception cref="ApiProblem">400: no range, or longer than a year.</exception>
    public static ReportRange Of(DateOnly? from, DateOnly? to, TenantCalendar calendar, DateTimeOffset now)
    {
        var last = to ?? calendar.DayOf(now);
        var first = from ?? (last.DayNumber > UsualDays ? last.AddDays(1 - UsualDays) : last);
        if (last.Year is < 1900 or > 2200) throw ApiProblem.BadQuery("to", "out_of_range", "Between the years 1900 and 2200.");
        if (first > last) throw ApiProblem.BadQuery("from", "out_of_range", "Not after to.");
        if (last.DayNumber - first.DayNumber >= MostDays) throw ApiProblem.BadQuery("from", "out_of_range", $"A report is about at most {MostDays} days.");
        return new ReportRange(first, last, calendar);
    }
}
