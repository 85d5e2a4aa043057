using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Jobs;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Insights;

/// <summary>What becomes of a run whose job is given up.</summary>
public class GivenUpRunTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task MakeTenantAsync() => acme = await TestTenant.NewAsync();

    [TestCase("/v1/insights/fits")]
    [TestCase("/v1/insights/backtests")]
    public async Task A_run_whose_job_is_given_up_has_failed_and_a_replay_finishes_it(string runs)
    {
        var run = await StartAndGiveUpAsync(runs);

        var failed = await acme.GetAsync<JsonElement>(run);
        var listed = await acme.GetAsync<JsonElement>($"{runs}?filter[status][eq]=failed");
        await ReplayAsync();
        var replayed = await acme.GetAsync<JsonElement>(run);

        Assert.That((Text(failed, "status"), Text(failed, "failure_code"), Text(failed, "finished_at")), Is.EqualTo(("failed", "worker_lost", (string?)null)));
        Assert.That(Text(listed.GetProperty("data").EnumerateArray().Single(), "id"), Is.EqualTo(Text(failed, "id")));
        Assert.That((Text(replayed, "status"), Text(replayed, "failure_code")), Is.EqualTo(("finished", (string?)null)));
    }

    [Test]
    public async Task Ten_runs_that_failed_keep_nobody_waiting()
    {
        await acme.WithScopeAsync(async services =>
        {
            var (fits, job) = (services.GetRequiredService<FitStore>(), (IGivesUp<FitModels>)services.GetRequiredService<IJob<FitModels>>());
            for (var i = 0; i < StartFit.MostWaiting; i++)
                await job.GiveUpAsync(new FitModels((await fits.AddAsync(new DateOnly(2029, 12, 31), publish: false, default)).Id), "worker_lost", default);
        });

        var next = await acme.Http.PostAsJsonAsync("/v1/insights/fits", new { as_of = "2029-12-31" });

        Assert.That(next.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task A_later_run_that_failed_does_not_supersede_one_that_publishes()
    {
        string earlier = "";
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            earlier = (await acme.CreateAsync<Fit>("/v1/insights/fits", new { })).Id.ToString();
            await acme.WithScopeAsync(async services =>
            {
                var later = await services.GetRequiredService<FitStore>().AddAsync(new DateOnly(2030, 1, 14), publish: true, default);
                await ((IGivesUp<FitModels>)services.GetRequiredService<IJob<FitModels>>()).GiveUpAsync(new FitModels(later.Id), "worker_lost", default);
            });
        });

        await acme.BuyAsync(new InsightsTenant.Purchase("ada", "2029-11-03", 2500));
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<Fit>($"/v1/insights/fits/{earlier}")).Status, Is.EqualTo(FitStatus.Finished));
    }

    [Test]
    public async Task The_nightly_run_has_failed_too_when_its_job_is_given_up()
    {
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            await acme.WithScopeAsync(services => services.GetRequiredService<IJob<FitModels>>().RunAsync(new FitModels(), default));
            await acme.WithDbAsync(db => db.ExecuteAsync(Exhaust, null, default));
        });
        await TestApi.RunJobsAsync();

        var night = (await acme.GetAsync<Page<Fit>>("/v1/insights/fits")).Data.Single();

        Assert.That((night.Status, night.Publish, night.FailureCode), Is.EqualTo((FitStatus.Failed, true, "worker_lost")));
    }

    private async Task<string> StartAndGiveUpAsync(string runs)
    {
        string run = "";
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            run = $"{runs}/{Text(await acme.CreateAsync<JsonElement>(runs, new { }), "id")}";
            await acme.WithDbAsync(db => db.ExecuteAsync(Exhaust, null, default));
        });
        await TestApi.RunJobsAsync();
        return run;
    }

    private async Task ReplayAsync()
    {
        var dead = (await acme.GetAsync<Page<JobEntry>>("/v1/jobs?filter[status][eq]=dead")).Data.Single();
        await acme.CreateAsync<JobEntry>($"/v1/jobs/{dead.Id}/replay", new { });
        await TestApi.RunJobsAsync();
    }

    private static string? Text(JsonElement of, string member) => of.TryGetProperty(member, out var value) ? value.GetString() : null;

    // As if every worker that took them had died.
    private static readonly TenantSql Exhaust = TenantSql.Of("UPDATE Jobs SET Lost = 1000 WHERE TenantId = @TenantId");
}
