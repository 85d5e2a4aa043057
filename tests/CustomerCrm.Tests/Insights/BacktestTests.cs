using System.Net;
using System.Net.Http.Json;
using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Insights.Backtests;

namespace CustomerCrm.Tests.Insights;

public class BacktestTests
{
    [Test]
    public async Task A_shop_without_a_past_is_told_that_there_is_not_enough()
    {
        var acme = await TestTenant.NewAsync();

        var backtest = await RunAsync(acme, new { });

        Assert.That((backtest.Status, backtest.FitTo is not null, backtest.Until), Is.EqualTo((BacktestStatus.Finished, true, new DateOnly(2030, 1, 14))));
        Assert.That((backtest.Result!.N, backtest.Result.Chosen, backtest.Result.Verdict.Code), Is.EqualTo((0, (ModelKind?)null, VerdictCode.NotEnoughData)));
    }

    [Test]
    public async Task Without_a_day_the_last_third_of_the_time_is_held_out()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(new InsightsTenant.Purchase("ana", "2029-03-20", 500), new InsightsTenant.Purchase("ana", "2029-12-20", 700));

        var backtest = await RunAsync(acme, new { });

        Assert.That((backtest.FitTo, backtest.Result!.Days, backtest.Result.N), Is.EqualTo(((DateOnly?)new DateOnly(2029, 10, 6), 100, 1)));
        Assert.That(backtest.Result.PlainRules.Single(r => r.Rule == PlainRule.Mean).Spend.Actual, Is.EqualTo(700));
        Assert.That(backtest.Result.Verdict.Code, Is.EqualTo(VerdictCode.NotEnoughData));
    }

    [TestCase("""{"fit_to":"2029-12-31","until":"2029-12-31"}""", "/fit_to")]
    [TestCase("""{"until":"2031-01-01"}""", "/until")]
    [TestCase("""{"fit_to":"1899-12-31"}""", "/fit_to")]
    [TestCase("""{"fit_to":"2030-01-14"}""", "/fit_to")]
    public async Task Days_that_make_no_sense_are_refused(string body, string pointer)
    {
        var acme = await TestTenant.NewAsync();

        var problem = await Problem.OfAsync(await acme.Http.PostAsync("/v1/insights/backtests", new StringContent(body, null, "application/json")));

        Assert.That((problem.Status, problem.Pointers.Single()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, pointer)));
    }

    internal static async Task<Backtest> RunAsync(TestTenant tenant, object request)
    {
        var response = await tenant.Http.PostAsJsonAsync("/v1/insights/backtests", request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await response.Content.ReadAsStringAsync());
        await TestApi.RunJobsAsync();
        return await tenant.GetAsync<Backtest>(response.Headers.Location!.ToString());
    }
}
