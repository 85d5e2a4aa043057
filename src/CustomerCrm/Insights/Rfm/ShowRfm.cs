using CustomerCrm.Analytics.Rfm;
using CustomerCrm.Insights.Purchases;
using CustomerCrm.Money;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Insights.Rfm;

/// <summary>GET /insights/rfm: the named groups, how many are in each and what they spent.</summary>
public static class ShowRfm
{
    public sealed record Report
    {
        public required DateOnly AsOf { get; init; }

        /// <summary>The day of the first purchase; null when there is none.</summary>
        public required DateOnly? From { get; init; }

        public required string TimeZone { get; init; }
        public required string Currency { get; init; }

        /// <summary>Customers with a purchase.</summary>
        public required int N { get; init; }

        /// <summary>Orders left out because they are in another currency and state no rate.</summary>
        public required int LeftOut { get; init; }

        /// <summary><c>quintiles</c>: a score is 1 + the fifths of customers who are strictly below; equal figures have equal scores.</summary>
        public required string Method { get; init; }

        public required bool Sufficient { get; init; }
        public required Reason Reason { get; init; }

        /// <summary>All eleven, from best to lost.</summary>
        public required IReadOnlyList<Group> Groups { get; init; }
    }

    public sealed record Group
    {
        public required RfmGroup Name { get; init; }

        /// <summary>The scores that make it.</summary>
        public required string Definition { get; init; }

        public required int Customers { get; init; }

        /// <summary>Of all customers; null when there are none.</summary>
        public required double? Share { get; init; }

        /// <summary>By all of them together.</summary>
        public required long SpendMinor { get; init; }

        /// <summary>Null for an empty group.</summary>
        public required double? MeanDaysSinceLast { get; init; }

        public required double? MeanPurchaseDays { get; init; }
    }

    internal static async Task<Report> Handle(
        [FromQuery(Name = "as_of")] DateOnly? asOf, ReportDay days, PurchaseReports reports, CurrentSettings settings, CancellationToken ct)
    {
        var currency = (await settings.GetAsync(ct)).Currency;
        return await reports.OfSpendAsync("rfm", await days.OfQueryAsync(asOf, ct), (history, zone) => ReportOf(history, zone, currency), ct);
    }

    private static Report ReportOf(PurchaseHistory history, string timeZone, string currency)
    {
        var table = RfmScoring.Of(history.Days);
        var groups = table.Scores.ToLookup(score => score.Group);
        var unit = Math.Pow(10, Currencies.MinorDigits(currency));
        var n = table.Scores.Count;
        return new Report
        {
            AsOf = table.AsOf,
            From = history.Days.First,
            TimeZone = timeZone,
            Currency = currency,
            N = n,
            LeftOut = history.LeftOut,
            Method = "quintiles",
            Sufficient = table.Sufficiency.IsSufficient,
            Reason = Reason.Of(table.Sufficiency),
            Groups = [.. Enum.GetValues<RfmGroup>().Select(name => GroupOf(name, [.. groups[name]], n, unit))],
        };
    }

    private static Group GroupOf(RfmGroup name, RfmScore[] scores, int n, double unit) => new()
    {
        Name = name,
        Definition = RfmDefinitions.Of(name),
        Customers = scores.Length,
        Share = n == 0 ? null : (double)scores.Length / n,
        SpendMinor = (long)Math.Round(scores.Sum(score => score.Spend) * unit),
        MeanDaysSinceLast = scores.Length == 0 ? null : scores.Average(score => score.DaysSinceLast),
        MeanPurchaseDays = scores.Length == 0 ? null : scores.Average(score => score.PurchaseDays),
    };
}
