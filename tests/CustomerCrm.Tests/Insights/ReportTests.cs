using System.Net;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Insights.Retention;
using CustomerCrm.Insights.Rfm;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Lists;
using Purchase = CustomerCrm.Tests.Insights.InsightsTenant.Purchase;

namespace CustomerCrm.Tests.Insights;

public class ReportTests
{
    [Test]
    public async Task Reports_of_a_tenant_without_orders_are_empty_and_say_why()
    {
        var acme = await TestTenant.NewAsync();

        var retention = await acme.GetAsync<ShowRetention.Report>("/v1/insights/retention");
        var rates = await acme.GetAsync<ShowRepeatRates.Report>("/v1/insights/repeat_rates");
        var rfm = await acme.GetAsync<ShowRfm.Report>("/v1/insights/rfm");

        Assert.That((retention.Sufficient, retention.Reason.Code, retention.From, retention.Cohorts.Count), Is.EqualTo((false, "no_customers", (DateOnly?)null, 0)));
        Assert.That((rates.Sufficient, rates.RepeatPurchaseRate.Value, rates.RepeatPurchaseRate.N), Is.EqualTo((false, (double?)null, 0)));
        Assert.That((rfm.Sufficient, rfm.Groups.Count, rfm.Groups.Sum(group => group.Customers)), Is.EqualTo((false, 11, 0)));
    }

    [Test]
    public async Task A_months_last_evening_belongs_to_the_tenants_month()
    {
        var vienna = await TestTenant.NewAsync(timeZone: "Europe/Vienna");
        await vienna.BuyAsync(new Purchase("ada", "2029-06-10", 100));
        await TestApi.RunJobsAsync();
        await vienna.CreateAsync<System.Text.Json.JsonElement>("/v1/orders", new
        {
            customer = new { external_ids = new[] { new { source = "shop", id = "ada" } } },
            placed_at = "2029-07-31T22:30:00Z", // half past midnight of 1 August in Vienna
            lines = new[] { new { name = "Goods", quantity = 1, unit_price_minor = 100 } },
        });

        var report = await vienna.GetAsync<ShowRetention.Report>("/v1/insights/retention?as_of=2029-08-31");

        Assert.That(report.Cohorts.Single().Periods.Select(cell => cell.Count), Is.EqualTo(new[] { 1, 0, 1 }));
    }

    [Test]
    public async Task A_report_is_never_older_than_the_orders()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(new Purchase("ada", "2029-06-10", 100));
        var before = await acme.GetAsync<ShowRetention.Report>("/v1/insights/retention");

        await acme.BuyAsync(new Purchase("bob", "2029-07-10", 100));
        var after = await acme.GetAsync<ShowRetention.Report>("/v1/insights/retention");

        Assert.That((before.N, after.N), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Only_the_cohorts_asked_for_are_shown()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(from month in Enumerable.Range(1, 12) select new Purchase($"c{month}", $"2029-{month:00}-10", 100));

        var report = await acme.GetAsync<ShowRetention.Report>("/v1/insights/retention?cohorts=3");

        Assert.That((report.N, report.CohortsLeftOut, report.Cohorts[0].Month), Is.EqualTo((12, 9, new DateOnly(2029, 10, 1))));
    }

    [TestCase("", 24, 126)]
    [TestCase("&cohorts=120", 120, 30)]
    public async Task Cohorts_beyond_the_ten_years_that_can_be_shown_count_as_left_out(string asked, int shown, int leftOut)
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(from month in Enumerable.Range(0, 150) select new Purchase($"c{month}", $"{2017 + month / 12}-{month % 12 + 1:00}-10", 100));

        var report = await acme.GetAsync<ShowRetention.Report>($"/v1/insights/retention?as_of=2029-12-31{asked}");

        Assert.That((report.Cohorts.Count, report.CohortsLeftOut, report.Cohorts[^1].Month), Is.EqualTo((shown, leftOut, new DateOnly(2029, 6, 1))));
    }

    [TestCase("Pacific/Apia", "2011-12-29")]
    [TestCase("Pacific/Kwajalein", "1993-08-20")]
    [TestCase("Pacific/Kiritimati", "1994-12-30")]
    public async Task Reports_can_be_made_for_the_day_before_one_that_never_was(string timeZone, string day)
    {
        var island = await TestTenant.NewAsync(timeZone);
        await island.BuyAsync(new Purchase("ada", day, 100), new Purchase("bob", DateOnly.Parse(day).AddDays(3).ToString("yyyy-MM-dd"), 100));

        var retention = await island.GetAsync<ShowRetention.Report>($"/v1/insights/retention?as_of={day}");
        var rates = await island.GetAsync<ShowRepeatRates.Report>($"/v1/insights/repeat_rates?as_of={day}");
        var rfm = await island.GetAsync<ShowRfm.Report>($"/v1/insights/rfm?as_of={day}");
        var fit = await island.FitAsync(new { as_of = day });

        Assert.That((retention.N, rates.N, rfm.N, fit.Status, fit.Result?.N), Is.EqualTo((1, 1, 1, FitStatus.Finished, (int?)1)));
    }

    [Test]
    public async Task Refunds_and_cancellations_count_in_a_report_of_an_earlier_day_and_the_document_says_so()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(from customer in Enumerable.Range(1, 6) select new Purchase($"c{customer}", "2029-01-10", 1000));
        var orders = (await acme.GetAsync<Page<Order>>("/v1/orders")).Data;

        var refunded = await Some.RefundAsync(acme, orders[0], new { AmountMinor = 600, RefundedAt = "2029-06-01T12:00:00Z" });
        await acme.CreateAsync<Order>($"/v1/orders/{orders[1].Id}/cancellation", new { });
        var report = await acme.GetAsync<ShowRfm.Report>("/v1/insights/rfm?as_of=2029-02-01");
        var document = await acme.Http.GetStringAsync("/openapi.yaml");

        Assert.That(refunded.IsSuccessStatusCode, await refunded.Content.ReadAsStringAsync());
        Assert.That((report.N, report.Groups.Sum(group => group.SpendMinor)), Is.EqualTo((5, 4400)));
        Assert.That(document, Does.Contain("whenever they came"));
    }

    [Test]
    public async Task Every_customer_is_in_one_RFM_group_and_the_groups_say_what_they_are()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(from customer in Enumerable.Range(1, 30)
                            from purchase in Enumerable.Range(0, 1 + customer % 4)
                            select new Purchase($"c{customer}", new DateOnly(2029, 3, 1).AddDays(customer * 7 + purchase).ToString("yyyy-MM-dd"), 100 * customer));

        var report = await acme.GetAsync<ShowRfm.Report>("/v1/insights/rfm");

        Assert.That((report.Sufficient, report.Groups.Sum(group => group.Customers)), Is.EqualTo((true, 30)));
        Assert.That(report.Groups[0].Definition, Is.EqualTo("recency 5 and frequency with monetary 4 or 5"));
        Assert.That(report.Groups.Sum(group => group.Share), Is.EqualTo(1).Within(1e-9));
    }

    [TestCase("/v1/insights/retention?as_of=2030-01-16")]
    [TestCase("/v1/insights/retention?as_of=yesterday")]
    [TestCase("/v1/insights/retention?basis=week")]
    [TestCase("/v1/insights/retention?kind=sometimes")]
    [TestCase("/v1/insights/retention?kind=cumulative_repeat&basis=elapsed_30d")]
    [TestCase("/v1/insights/retention?cohorts=0")]
    [TestCase("/v1/insights/retention?cohort=3")]
    [TestCase("/v1/insights/repeat_rates?as_of=2030-01-16")]
    [TestCase("/v1/insights/rfm?as_of=2030-01-16")]
    [TestCase("/v1/insights/rfm?asof=2029-01-16")]
    [TestCase("/v1/insights/customers?model=best")]
    [TestCase("/v1/insights/fits?sort=chosen")]
    public async Task A_question_that_cannot_be_asked_is_refused(string path)
    {
        var acme = await TestTenant.NewAsync();

        var problem = await Problem.OfAsync(await acme.Http.GetAsync(path));

        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
