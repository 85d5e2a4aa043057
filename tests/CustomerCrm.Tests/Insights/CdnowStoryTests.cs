using System.Globalization;
using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Customers;
using CustomerCrm.Insights.Backtests;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Insights.Retention;
using CustomerCrm.Insights.Values;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Tests.Analytics;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Insights;

/// <summary>
/// The main job on real input: the purchases of CDNOW's customers (Fader and Hardie's sample of one in ten of those who came in
/// the first quarter of 1997) go in through the API, and it answers with the published results.
/// </summary>
public class CdnowStoryTests
{
    [Test]
    public async Task The_purchases_of_CDNOW_go_in_and_the_published_results_come_out()
    {
        var purchases = Csv("data", "cdnow_sample.csv").Select(row => new InsightsTenant.Purchase(row[0], row[1], Cents(row[3]))).ToArray();
        var cdnow = await TestTenant.NewAsync(timeZone: "UTC", currency: "USD");

        await cdnow.BuyAsync(purchases);
        await TheNightPassesAsync(cdnow);
        var fit = await cdnow.FitAsync(new { as_of = "1997-09-30", publish = true });

        Assert.That(fit.Status, Is.EqualTo(FitStatus.Finished));
        Assert.That((purchases.Length, fit.Result!.N, fit.Result.Repeaters, fit.Result.LeftOut), Is.EqualTo((6919, 2357, 946, 0)));
        TheParametersAreThePublishedOnes(fit.Result);
        await EachCustomerIsWorthWhatWasPublishedAsync(cdnow, fit);
        await TheListBeginsWithTheMostValuableAsync(cdnow, fit.Result);
        await RetentionIsExactAsync(cdnow);
        await RepeatRatesAreExactAsync(cdnow);
        await LookingBackTheModelsAreWorthUsingAsync(cdnow);
    }

    private static async Task LookingBackTheModelsAreWorthUsingAsync(TestTenant cdnow)
    {
        var backtest = await BacktestTests.RunAsync(cdnow, new { fit_to = "1997-09-30", until = "1998-06-30" });

        var (result, bgNbd) = (backtest.Result!, backtest.Result!.Models.Single(m => m.Model == ModelKind.BgNbd));
        Assert.That((backtest.Status, result.N, result.Repeaters, result.Days), Is.EqualTo((BacktestStatus.Finished, 2357, 946, 273)));
        Assert.That((result.Verdict.Code, result.Verdict.JudgedBy, result.Models.Count(m => m.Chosen)), Is.EqualTo((VerdictCode.UseIt, "spend", 1)));
        Assert.That((bgNbd.Purchases.Bias, bgNbd.Purchases.Rmse), Is.EqualTo(((double?)-0.1215, 1.608)).Within(0.0005));
        Assert.That((bgNbd.Spend.Predicted, bgNbd.Spend.Actual), Is.EqualTo((5_993_163.0, 7_097_639.0)).Within(0.05).Percent);
        Assert.That(bgNbd.Spend.TopTenthShare, Is.EqualTo(0.502).Within(0.001));
        Assert.That(bgNbd.Calibration.Select(c => c.N), Is.EqualTo(new[] { 1411, 439, 214, 100, 62, 38, 29, 64 }));
        Assert.That(result.PlainRules.Single(r => r.Rule == PlainRule.PastRate).Purchases.Bias, Is.EqualTo(0.5569).Within(0.0005));
        Assert.That((await cdnow.GetAsync<Page<Backtest>>("/v1/insights/backtests?filter[status][eq]=finished")).Data.Single().Id, Is.EqualTo(backtest.Id));
    }

    private static Task TheNightPassesAsync(TestTenant tenant) => tenant.WithScopeAsync(async services =>
    {
        await services.GetRequiredService<JobQueue>().EnqueueAsync(new FitModels(), default); // as Schedule.cs does at half past two
        await TestApi.RunJobsAsync();

        var lastNight = (await tenant.GetAsync<Page<Fit>>("/v1/insights/fits")).Data.Single();
        Assert.That((lastNight.Status, lastNight.AsOf, lastNight.Publish), Is.EqualTo((FitStatus.Finished, new DateOnly(2030, 1, 14), true)));
    });

    private static void TheParametersAreThePublishedOnes(FitResult result)
    {
        var (bgNbd, pareto, mbgNbd) = (result.Model(ModelKind.BgNbd), result.Model(ModelKind.ParetoNbd), result.Model(ModelKind.MbgNbd));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bgNbd.LogLikelihood, Is.EqualTo(-9582.429).Within(0.01));
            Assert.That(pareto.LogLikelihood, Is.EqualTo(-9594.976).Within(0.01));
            Assert.That(mbgNbd.LogLikelihood, Is.EqualTo(-9582.136).Within(0.01));
            Are(bgNbd.Parameters!, ("r", 0.2426, 1e-3), ("alpha", 4.4136, 1e-3), ("a", 0.7929, 1e-3), ("b", 2.4259, 1e-3));
            Are(pareto.Parameters!, ("r", 0.5533, 1e-3), ("alpha", 10.5776, 1e-3), ("s", 0.6062, 3e-3), ("beta", 11.6687, 3e-3));
            Are(result.Spend.Parameters!, ("p", 6.2496, 1e-3), ("q", 3.7442, 1e-3), ("v", 15.4435, 1e-3));
            Assert.That(bgNbd.TotalCltvMinor, Is.EqualTo(7_150_795).Within(0.1).Percent);
            Assert.That(result.Models.Count(model => model.Chosen), Is.EqualTo(1));
            Assert.That(result.Models.All(model => model.Sufficient && model.Holdout!.PurchaseCoverage.Value is > 0.7 and <= 1), Is.True);
        }

        static void Are(IReadOnlyDictionary<string, double> found, params (string Name, double Value, double Within)[] published)
        {
            foreach (var (name, value, within) in published) Assert.That(found[name], Is.EqualTo(value).Within(value * within), name);
        }
    }

    private static async Task EachCustomerIsWorthWhatWasPublishedAsync(TestTenant cdnow, Fit fit)
    {
        (string Model, string Column)[] models = [("bg_nbd", "bgnbd"), ("pareto_nbd", "pnbd"), ("mbg_nbd", "mbgnbd")];
        var (column, rows) = Table("cdnow_sample_customers.csv");
        foreach (var row in rows.Where((_, i) => i % 150 == 0))
        {
            var customer = await cdnow.CustomerAsync(row[0]);
            foreach (var (model, name) in models)
            {
                var value = await cdnow.GetAsync<CustomerValue>($"/v1/customers/{customer.Id}/value?fit={fit.Id}&model={model}");

                Assert.That(value.Frequency, Is.EqualTo(int.Parse(row[column("x")], CultureInfo.InvariantCulture)));
                Assert.That(value.ProbabilityAlive, Is.EqualTo(Number(row[column($"palive_{name}")])).Within(1e-3), $"customer {row[0]}, {model}");
                Assert.That(value.ExpectedSpendMinor / 100.0, Is.EqualTo(Number(row[column("expected_spend_gg")])).Within(0.1).Percent);
                Assert.That(value.CltvMinor / 100.0, Is.EqualTo(Number(row[column($"clv12_{name}")])).Within(0.011).Or.EqualTo(Number(row[column($"clv12_{name}")])).Within(0.3).Percent);
                Assert.That(value.CltvIntervalMinor!.High, Is.GreaterThanOrEqualTo(value.CltvIntervalMinor.Low));
            }
        }
    }

    private static async Task TheListBeginsWithTheMostValuableAsync(TestTenant cdnow, FitResult result)
    {
        var name = result.Chosen switch { ModelKind.BgNbd => "bgnbd", ModelKind.ParetoNbd => "pnbd", _ => "mbgnbd" };
        var (column, rows) = Table("cdnow_sample_customers.csv");
        var best = rows.MaxBy(row => Number(row[column($"clv12_{name}")]))!;

        var first = (await cdnow.GetAsync<Page<Customer>>("/v1/customers?sort=-cltv&limit=1")).Data.Single();

        Assert.That(first.Id, Is.EqualTo((await cdnow.CustomerAsync(best[0])).Id));
        Assert.That(first.CltvMinor / 100.0, Is.EqualTo(Number(best[column($"clv12_{name}")])).Within(0.3).Percent);
    }

    private static async Task RetentionIsExactAsync(TestTenant cdnow)
    {
        (string Basis, string Kind, string File)[] matrices =
        [
            ("calendar_month", "on", "calendar_month_on"), ("calendar_month", "on_or_after", "calendar_month_on_or_after"),
            ("calendar_month", "cumulative_repeat", "cumulative_repeat"),
            ("elapsed_30d", "on", "elapsed_30d_on"), ("elapsed_30d", "on_or_after", "elapsed_30d_on_or_after"),
        ];
        foreach (var (basis, kind, file) in matrices)
        {
            var report = await cdnow.GetAsync<ShowRetention.Report>($"/v1/insights/retention?as_of=1998-06-30&basis={basis}&kind={kind}");

            var published = Csv("reference", $"retention_cdnow_sample_{file}.csv").Select(row => string.Join(",", row).TrimEnd(','));
            var found = report.Cohorts.Select(cohort => string.Create(CultureInfo.InvariantCulture,
                $"{cohort.Month:yyyy-MM},{cohort.Customers},{string.Join(",", cohort.Periods.Select(cell => basis == "elapsed_30d" ? $"{cell.Count}/{cell.N}" : $"{cell.Count}"))}"));
            Assert.That(found, Is.EqualTo(published), file);
        }
    }

    private static async Task RepeatRatesAreExactAsync(TestTenant cdnow)
    {
        var report = await cdnow.GetAsync<ShowRepeatRates.Report>("/v1/insights/repeat_rates?as_of=1998-06-30");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.N, report.PurchaseDays, report.RepeatPurchaseRate.Count), Is.EqualTo((2357, 6696, 1139)));
            Assert.That(report.RepeatWithin.Select(window => window.Rate.Count), Is.EqualTo(new[] { 410, 601, 687, 887, 1074 }));
            Assert.That(report.Churned.Take(4).Select(window => window.Rate.Count), Is.EqualTo(new[] { 2219, 2128, 2058, 1843 }));
            Assert.That(report.QuarterOverQuarter.Select(quarter => (quarter.Name, quarter.Active, quarter.Retained.Count)), Is.EqualTo(new[]
            {
                ("1997Q2", 524, 524), ("1997Q3", 418, 214), ("1997Q4", 404, 203), ("1998Q1", 384, 196), ("1998Q2", 300, 169),
            }));
            Assert.That((report.DaysBetweenPurchases.N, report.DaysBetweenPurchases.Median, report.DaysBetweenPurchases.P90), Is.EqualTo((4339, 34.0, 196.0)));
        }
    }

    private static string[][] Csv(string folder, string file) => SharedReference.Csv($"{folder}/{file}");

    private static (Func<string, int> Column, string[][] Rows) Table(string file)
    {
        string[] head =
        [
            "customer_id", "x", "tx", "T", "m_x", "first_spend", "orders_cal", "revenue_cal", "x_star", "revenue_holdout",
            "palive_bgnbd", "cet_bgnbd", "palive_mbgnbd", "cet_mbgnbd", "palive_pnbd", "cet_pnbd", "cet_nbd", "naive_own_rate",
            "expected_spend_gg", "clv12_bgnbd", "clv12_mbgnbd", "clv12_pnbd", "dert_pnbd",
        ];
        return (name => Array.IndexOf(head, name), Csv("reference", file));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static long Cents(string text) => (long)(decimal.Parse(text, CultureInfo.InvariantCulture) * 100);
}
