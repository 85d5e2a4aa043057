using System.Net;
using System.Net.Http.Json;
using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Insights.Values;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using Microsoft.Extensions.DependencyInjection;
using Purchase = CustomerCrm.Tests.Insights.InsightsTenant.Purchase;

namespace CustomerCrm.Tests.Insights;

public class FitTests
{
    private static readonly Purchase[] regulars =
    [
        .. from customer in Enumerable.Range(1, 40)
           from purchase in Enumerable.Range(0, 1 + customer % 5)
           select new Purchase($"c{customer}", new DateOnly(2029, 1, 1).AddDays(customer % 28 + purchase * (20 + customer)).ToString("yyyy-MM-dd"), 1000 + 317 * (customer * (purchase + 1) % 11)),
    ];

    [Test]
    public async Task A_tenant_without_orders_gets_an_answer_that_says_so()
    {
        var acme = await TestTenant.NewAsync();

        var fit = await acme.FitAsync(new { });

        Assert.That((fit.Status, fit.Publish, fit.AsOf), Is.EqualTo((FitStatus.Finished, true, new DateOnly(2030, 1, 14))));
        Assert.That((fit.Result!.N, fit.Result.Sufficient, fit.Result.Reason.Code, fit.Result.Chosen), Is.EqualTo((0, false, "no_customers", (ModelKind?)null)));
        Assert.That(fit.Result.Models.Select(model => model.Reason.Code), Is.All.EqualTo("no_customers"));
        Assert.That((await acme.GetAsync<Page<CustomerValue>>("/v1/insights/customers")).Data, Is.Empty);
    }

    [Test]
    public async Task One_purchase_of_one_customer_is_too_little_and_still_has_an_answer()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(new Purchase("ada", "2029-11-03", 2500));
        var ada = await acme.CustomerAsync("ada");

        var fit = await acme.FitAsync(new { });
        var value = await acme.GetAsync<CustomerValue>($"/v1/customers/{ada.Id}/value");

        Assert.That((fit.Result!.N, fit.Result.Sufficient, fit.Result.Reason.Code), Is.EqualTo((1, false, "no_repeaters")));
        Assert.That((value.FitId, value.Sufficient, value.Reason.Code, value.CltvMinor, value.Frequency), Is.EqualTo(((Id<Fit>?)fit.Id, false, "no_repeaters", (long?)null, (int?)0)));
    }

    [Test]
    public async Task Nobody_who_leaves_is_said_and_has_finite_values()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(from customer in Enumerable.Range(0, 15)
                            from month in Enumerable.Range(1, 12)
                            select new Purchase($"c{customer}", $"2029-{month:00}-{14 + customer % 3}", 1000));

        var fit = await acme.FitAsync(new { });
        var values = await acme.GetAsync<Page<CustomerValue>>("/v1/insights/customers?limit=100");

        Assert.That(fit.Result!.Sufficient, Is.False);
        Assert.That(fit.Result.Model(ModelKind.BgNbd).Reason.Code, Is.EqualTo("no_dropout").Or.EqualTo("no_interior_maximum"));
        Assert.That(values.Data.Count, Is.EqualTo(15));
        Assert.That(values.Data.Select(value => value.CltvMinor), Is.All.GreaterThan(0));
    }

    [Test]
    public async Task Free_purchases_count_as_visits_and_are_worth_nothing()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(regulars.Select(purchase => purchase with { AmountMinor = 0 }));

        var fit = await acme.FitAsync(new { });
        var values = await acme.GetAsync<Page<CustomerValue>>("/v1/insights/customers?limit=100");

        Assert.That(fit.Result!.Chosen, Is.Not.Null);
        Assert.That((fit.Result.Spend.Sufficient, fit.Result.Spend.Reason.Code, fit.Result.Spend.Parameters), Is.EqualTo((false, "no_spend", (object?)null)));
        Assert.That(values.Data.Select(value => (value.CltvMinor, value.ExpectedSpendMinor)), Is.All.EqualTo(((long?)0, (long?)0)));
        Assert.That(values.Data.Select(value => value.ExpectedPurchases), Is.All.GreaterThan(0));
    }

    [Test]
    public async Task Scores_stand_at_the_customers_and_go_when_their_orders_go()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(regulars);
        await acme.FitAsync(new { });
        var best = (await acme.GetAsync<Page<CustomerCrm.Customers.Customer>>("/v1/customers?sort=-cltv&limit=1")).Data.Single();
        var value = await acme.GetAsync<CustomerValue>($"/v1/customers/{best.Id}/value");

        foreach (var order in (await acme.GetAsync<Page<Order>>($"/v1/orders?filter[customer_id][eq]={best.Id}")).Data)
            Assert.That((await acme.Http.DeleteAsync($"/v1/orders/{order.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await acme.FitAsync(new { });
        var after = await acme.GetAsync<CustomerCrm.Customers.Customer>($"/v1/customers/{best.Id}");

        Assert.That((best.CltvMinor, value.Chosen), Is.EqualTo((value.CltvMinor, true)));
        Assert.That(best.CltvMinor, Is.Positive);
        Assert.That(after.CltvMinor, Is.Zero);
        Assert.That(after.Revision, Is.GreaterThan(best.Revision));
        await acme.WithDbAsync(async db => Assert.That(await db.FindAsync<int>(ScoreCount, null, default), Is.EqualTo(39)));
    }

    [Test]
    public async Task Later_orders_are_ignored_and_an_earlier_day_publishes_only_when_told()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(regulars);
        await acme.BuyAsync(new Purchase("late", "2029-12-30", 99_999));

        var early = await acme.FitAsync(new { as_of = "2029-06-30" });
        var today = await acme.FitAsync(new { as_of = "2030-01-15", publish = true });

        Assert.That((early.Publish, early.Result!.N), Is.EqualTo((false, 40)));
        Assert.That((today.Publish, today.Result!.N), Is.EqualTo((true, 41)));
        var late = await acme.CustomerAsync("late");
        var value = await acme.GetAsync<CustomerValue>($"/v1/customers/{late.Id}/value?fit={early.Id}");
        Assert.That((value.Sufficient, value.Reason.Code), Is.EqualTo((false, "no_purchases")));
        Assert.That((await acme.GetAsync<CustomerValue>($"/v1/customers/{late.Id}/value")).FitId, Is.EqualTo(today.Id));
    }

    [Test]
    public async Task An_order_in_another_currency_without_a_rate_is_left_out_and_counted()
    {
        var acme = await TestTenant.NewAsync(currency: "EUR");
        await acme.BuyAsync([.. regulars, new Purchase("yen", "2029-10-10", 5000, "JPY")]);

        var fit = await acme.FitAsync(new { });

        Assert.That((fit.Result!.N, fit.Result.LeftOut), Is.EqualTo((40, 1)));
    }

    [Test]
    public async Task A_later_run_that_publishes_supersedes_one_that_still_waits()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(regulars);

        var both = new List<Fit>();
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            for (var i = 0; i < 2; i++) both.Add(await acme.CreateAsync<Fit>("/v1/insights/fits", new { }));
        });
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<Fit>($"/v1/insights/fits/{both[0].Id}")).Status, Is.EqualTo(FitStatus.Superseded));
        Assert.That((await acme.GetAsync<Fit>($"/v1/insights/fits/{both[1].Id}")).Status, Is.EqualTo(FitStatus.Finished));
        await acme.WithDbAsync(async db => Assert.That(await db.QueryAsync<Id<Fit>>(FitsOfScores, null, default), Is.EqualTo(new[] { both[1].Id })));
    }

    [Test]
    public async Task A_finished_run_says_so_in_the_feed()
    {
        var acme = await TestTenant.NewAsync();

        var fit = await acme.FitAsync(new { });
        var events = await acme.GetAsync<System.Text.Json.JsonElement>("/v1/events");

        var said = events.GetProperty("data").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == "insights.fitted");
        Assert.That(said.GetProperty("data").GetProperty("id").GetString(), Is.EqualTo(fit.Id.ToString()));
    }

    [Test]
    public async Task A_day_that_is_still_to_come_is_refused()
    {
        var acme = await TestTenant.NewAsync();

        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/insights/fits", new { as_of = "2030-01-16" }));

        Assert.That((problem.Status, problem.Pointers), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "/as_of" })));
    }

    [Test]
    public async Task Another_tenants_run_is_not_found()
    {
        var acme = await TestTenant.NewAsync();
        var stranger = await TestTenant.NewAsync();
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            var fit = await stranger.CreateAsync<Fit>("/v1/insights/fits", new { });

            using (Assert.EnterMultipleScope())
            {
                Assert.That((await acme.Http.GetAsync($"/v1/insights/fits/{fit.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
                Assert.That((await acme.Http.GetAsync($"/v1/insights/customers?fit={fit.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
                Assert.That((await stranger.Http.GetAsync($"/v1/insights/customers?fit={fit.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            }
        });
    }

    [Test]
    public async Task Ten_runs_may_wait_and_an_eleventh_is_refused()
    {
        var acme = await TestTenant.NewAsync();

        // Without their jobs, which another test might run meanwhile.
        await acme.WithScopeAsync(async services =>
        {
            for (var i = 0; i < StartFit.MostWaiting; i++) await services.GetRequiredService<FitStore>().AddAsync(new DateOnly(2029, 12, 31), publish: false, default);
        });

        var refused = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/insights/fits", new { as_of = "2029-12-31" }));
        var waiting = (await acme.GetAsync<Page<Fit>>("/v1/insights/fits")).Data;
        await acme.WithScopeAsync(services => services.GetRequiredService<IJob<FitModels>>().RunAsync(new FitModels(waiting[0].Id), default));
        var after = await acme.Http.PostAsJsonAsync("/v1/insights/fits", new { as_of = "2029-12-31" });

        Assert.That((refused.Status, refused.Code, waiting.Count), Is.EqualTo((HttpStatusCode.Conflict, "fits_waiting", StartFit.MostWaiting)));
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task Old_runs_are_forgotten_but_not_those_that_count()
    {
        var acme = await TestTenant.NewAsync();
        await acme.BuyAsync(regulars);
        var withScores = await acme.FitAsync(new { });
        var lookBack = await acme.FitAsync(new { as_of = "2029-06-30" });
        await acme.WithDbAsync(db => db.ExecuteAsync(Age, new { At = TestApi.Clock.GetUtcNow() - PruneFitsJob.KeptFor - TimeSpan.FromSeconds(1) }, default));
        var young = await acme.FitAsync(new { as_of = "2029-07-31" });
        await PruneAsync(acme);
        Assert.That((await acme.GetAsync<Page<Fit>>("/v1/insights/fits")).Data.Select(fit => fit.Id), Is.EqualTo(new[] { young.Id, lookBack.Id, withScores.Id }), "behind the run that published last nothing is old");

        var published = await acme.FitAsync(new { });
        await PruneAsync(acme);

        Assert.That((await acme.GetAsync<Page<Fit>>("/v1/insights/fits")).Data.Select(fit => fit.Id), Is.EqualTo(new[] { published.Id, young.Id }));
    }

    private static Task PruneAsync(TestTenant tenant) =>
        tenant.WithScopeAsync(services => services.GetRequiredService<IJob<PruneFits>>().RunAsync(new PruneFits(), default));

    private static readonly TenantSql Age = TenantSql.Of("UPDATE Fits SET CreatedAt = @At WHERE TenantId = @TenantId");

    private static readonly TenantSql ScoreCount = TenantSql.Of("SELECT COUNT(*) FROM CustomerScores s WHERE s.TenantId = @TenantId");

    private static readonly TenantSql FitsOfScores = TenantSql.Of("SELECT DISTINCT s.FitId FROM CustomerScores s WHERE s.TenantId = @TenantId");
}
