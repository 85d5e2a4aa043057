using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Retention;
using CustomerCrm.Insights.Purchases;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Insights.Retention;

/// <summary>GET /insights/repeat_rates: who comes back, how soon, and who has stopped coming.</summary>
public static class ShowRepeatRates
{
    private const int FewestGaps = 10;
    private static readonly int[] repeatWindows = [30, 60, 90, 180, 365];
    private static readonly int[] churnWindows = [30, 60, 90, 180, 365];

    public sealed record Report
    {
        public required DateOnly AsOf { get; init; }

        /// <summary>The day of the first purchase; null when there is none.</summary>
        public required DateOnly? From { get; init; }

        public required string TimeZone { get; init; }

        /// <summary>Customers with a purchase.</summary>
        public required int N { get; init; }

        /// <summary>Days on which a customer bought, of all customers.</summary>
        public required int PurchaseDays { get; init; }

        /// <summary><c>counted</c>: nothing is modelled; intervals are Wilson's, of 95 %.</summary>
        public required string Method { get; init; }

        public required bool Sufficient { get; init; }
        public required Reason Reason { get; init; }

        /// <summary>Customers who bought on a second day, of all.</summary>
        public required RateFigure RepeatPurchaseRate { get; init; }

        /// <summary>Customers who bought again within so many days of the first purchase, of those observed that long.</summary>
        public required IReadOnlyList<Window> RepeatWithin { get; init; }

        /// <summary>Customers who bought nothing in the last so many days, of those whose first purchase is longer ago.</summary>
        public required IReadOnlyList<Window> Churned { get; init; }

        /// <summary>Of the customers who bought in one quarter, those who bought in the next.</summary>
        public required IReadOnlyList<Quarter> QuarterOverQuarter { get; init; }

        public required Gaps DaysBetweenPurchases { get; init; }
    }

    public sealed record Window
    {
        public required int Days { get; init; }
        public required RateFigure Rate { get; init; }
    }

    public sealed record Quarter
    {
        /// <summary><c>1997Q2</c>.</summary>
        public required string Name { get; init; }

        /// <summary>Customers who bought in it.</summary>
        public required int Active { get; init; }

        /// <summary>Those of them who had bought in the quarter before, of all who had.</summary>
        public required RateFigure Retained { get; init; }

        public required bool IsOver { get; init; }
    }

    public sealed record Gaps
    {
        public required int N { get; init; }
        public double? Mean { get; init; }
        public double? Median { get; init; }

        /// <summary>Nine in ten are no longer.</summary>
        public double? P90 { get; init; }

        /// <summary>Whether n is at least 10.</summary>
        public required bool Sufficient { get; init; }
    }

    internal static async Task<Report> Handle([FromQuery(Name = "as_of")] DateOnly? asOf, ReportDay days, PurchaseReports reports, CancellationToken ct) =>
        await reports.OfVisitsAsync("repeat_rates", await days.OfQueryAsync(asOf, ct), ReportOf, ct);

    private static Report ReportOf(PurchaseDays purchases, string timeZone)
    {
        var enough = RateFigure.Enough(purchases.Customers);
        var gaps = InterpurchaseDays.Of(purchases);
        return new Report
        {
            AsOf = purchases.Through,
            From = purchases.First,
            TimeZone = timeZone,
            N = purchases.Customers,
            PurchaseDays = purchases.Count,
            Method = "counted",
            Sufficient = enough.IsSufficient,
            Reason = Reason.Of(enough),
            RepeatPurchaseRate = RateFigure.Of(RepeatRates.RepeatPurchase(purchases)),
            RepeatWithin = [.. repeatWindows.Select(days => new Window { Days = days, Rate = RateFigure.Of(RepeatRates.RepeatWithin(purchases, days)) })],
            Churned = [.. churnWindows.Select(days => new Window { Days = days, Rate = RateFigure.Of(RepeatRates.Churned(purchases, days)) })],
            QuarterOverQuarter = [.. QuarterRetention.Of(purchases).TakeLast(120).Select(quarter => new Quarter
            {
                Name = quarter.Quarter,
                Active = quarter.Active,
                Retained = RateFigure.Of(quarter.Retained),
                IsOver = quarter.IsOver,
            })],
            DaysBetweenPurchases = new Gaps { N = gaps.N, Mean = gaps.Mean, Median = gaps.Median, P90 = gaps.P90, Sufficient = gaps.N >= FewestGaps },
        };
    }
}
