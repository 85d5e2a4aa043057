using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Retention;
using CustomerCrm.Insights.Purchases;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Insights.Retention;

/// <summary>GET /insights/retention: cohorts by the month of the first purchase, and who was there period by period.</summary>
public static class ShowRetention
{
    private const int UsualCohorts = 24;
    private const int MostPeriods = 120;

    /// <summary>What a period is.</summary>
    public enum PeriodBasis
    {
        /// <summary>Period k is the k-th calendar month after the month of the first purchase.</summary>
        CalendarMonth,

        /// <summary>Period k is the days 30k to 30k + 29 after the customer's own first purchase; counted once it is over.</summary>
        [System.Text.Json.Serialization.JsonStringEnumMemberName("elapsed_30d")]
        Elapsed30d,
    }

    /// <summary>What counts as retained in a period.</summary>
    public enum Kind
    {
        /// <summary>Bought in it.</summary>
        On,

        /// <summary>Bought in it or later: not lost by then.</summary>
        OnOrAfter,

        /// <summary>Had bought on a second day by its end; by calendar month only.</summary>
        CumulativeRepeat,
    }

    public sealed record Report
    {
        public required DateOnly AsOf { get; init; }

        /// <summary>The day of the first purchase; null when there is none.</summary>
        public required DateOnly? From { get; init; }

        public required string TimeZone { get; init; }

        /// <summary>Customers with a purchase.</summary>
        public required int N { get; init; }

        public required PeriodBasis Basis { get; init; }
        public required Kind Kind { get; init; }

        /// <summary><c>counted</c>: nothing is modelled; intervals are Wilson's, of 95 %.</summary>
        public required string Method { get; init; }

        public required bool Sufficient { get; init; }
        public required Reason Reason { get; init; }

        /// <summary>False when the last month is not over: the last cell of every row will still grow.</summary>
        public required bool IsLastPeriodOver { get; init; }

        /// <summary>Earlier cohorts that are not shown; ask with a larger <c>cohorts</c>, which shows up to 120, or with an earlier <c>as_of</c>.</summary>
        public required int CohortsLeftOut { get; init; }

        /// <summary>Ascending by month; a month without a first purchase has none.</summary>
        public required IReadOnlyList<CohortRow> Cohorts { get; init; }
    }

    public sealed record CohortRow
    {
        /// <summary>The first day of the month.</summary>
        public required DateOnly Month { get; init; }

        public required int Customers { get; init; }

        /// <summary>Period 0 first, as many as have been observed and at most 120.</summary>
        public required IReadOnlyList<RateFigure> Periods { get; init; }
    }

    internal static async Task<Report> Handle(
        [FromQuery(Name = "as_of")] DateOnly? asOf,
        [AllowedValues("calendar_month", "elapsed_30d"), Description("Whose clock the periods go by; `calendar_month` if nothing is said.")] string? basis,
        [AllowedValues("on", "on_or_after", "cumulative_repeat"), Description("What counts as retained; `on` if nothing is said.")] string? kind,
        [Range(1, MostPeriods), Description("How many of the latest cohorts; 24 if nothing is said.")] int? cohorts,
        ReportDay days, PurchaseReports reports, CancellationToken ct)
    {
        var (wantedBasis, wantedKind) = (BasisOf(basis), OneOf.Read<Kind>("kind", kind) ?? Kind.On);
        if (wantedKind == Kind.CumulativeRepeat && wantedBasis != PeriodBasis.CalendarMonth)
            throw ApiProblem.BadQuery("kind", "value_invalid", "Cumulative repeat is counted by calendar month only.");
        if (cohorts is < 1 or > MostPeriods) throw ApiProblem.BadQuery("cohorts", "out_of_range", $"A whole number from 1 to {MostPeriods}.");
        var day = await days.OfQueryAsync(asOf, ct);

        var report = await reports.OfVisitsAsync($"retention {wantedBasis} {wantedKind}", day, (purchases, timeZone) => ReportOf(purchases, timeZone, wantedBasis, wantedKind), ct);
        IReadOnlyList<CohortRow> shown = [.. report.Cohorts.TakeLast(cohorts ?? UsualCohorts)];
        return report with { CohortsLeftOut = report.CohortsLeftOut + report.Cohorts.Count - shown.Count, Cohorts = shown };
    }

    private static PeriodBasis BasisOf(string? basis) => basis switch
    {
        null or "calendar_month" => PeriodBasis.CalendarMonth,
        "elapsed_30d" => PeriodBasis.Elapsed30d,
        _ => throw ApiProblem.BadQuery("basis", "value_invalid", "One of: calendar_month, elapsed_30d."),
    };

    private static Report ReportOf(PurchaseDays purchases, string timeZone, PeriodBasis basis, Kind kind)
    {
        var counting = kind == Kind.OnOrAfter ? Counting.OnOrAfter : Counting.On;
        var matrix = kind == Kind.CumulativeRepeat ? CalendarCohorts.CumulativeRepeat(purchases)
            : basis == PeriodBasis.CalendarMonth ? CalendarCohorts.Of(purchases, counting)
            : ElapsedCohorts.Of(purchases, counting);
        var enough = RateFigure.Enough(purchases.Customers);
        return new Report
        {
            AsOf = purchases.Through,
            From = purchases.First,
            TimeZone = timeZone,
            N = purchases.Customers,
            Basis = basis,
            Kind = kind,
            Method = "counted",
            Sufficient = enough.IsSufficient,
            Reason = Reason.Of(enough),
            IsLastPeriodOver = matrix.IsLastPeriodOver,
            CohortsLeftOut = Math.Max(0, matrix.Cohorts.Count - MostPeriods),
            Cohorts = [.. matrix.Cohorts.TakeLast(MostPeriods).Select(cohort => new CohortRow
            {
                Month = cohort.Month,
                Customers = cohort.Customers,
                Periods = [.. cohort.Periods.Take(MostPeriods).Select(RateFigure.Of)],
            })],
        };
    }
}
