using System.Net;
using System.Text.Json;
using CustomerCrm.Jobs;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Jobs;

public class JobApiTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task MakeTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_dead_job_is_listed_without_its_payload_and_can_be_replayed()
    {
        await acme.WithScopeAsync(s => s.GetRequiredService<JobQueue>().EnqueueAsync(new Greet("anna@example.com"), new JobTerms { RunAt = TestApi.Clock.GetUtcNow().AddYears(1) }, default));
        await acme.WithDbAsync(db => db.ExecuteAsync(Kill, null, default));

        var listed = await acme.Http.GetStringAsync("/v1/jobs?filter[status][eq]=dead&filter[kind][eq]=greet");
        var dead = JsonSerializer.Deserialize<JsonElement>(listed).GetProperty("data")[0];
        JobEntry? shown = null;
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            var replayed = await acme.CreateAsync<JobEntry>($"/v1/jobs/{dead.GetProperty("id").GetString()}/replay", new { });
            shown = await acme.GetAsync<JobEntry>($"/v1/jobs/{replayed.Id}");
        });

        Assert.That(listed, Does.Not.Contain("anna"));
        Assert.That(dead.GetProperty("status").GetString(), Is.EqualTo("dead"));
        Assert.That(dead.GetProperty("last_error").GetString(), Is.EqualTo("provider_unreachable"));
        Assert.That((shown!.Status, shown.Attempts), Is.EqualTo((JobStatus.Pending, 0)));
    }

    [Test]
    public async Task A_job_that_is_not_dead_cannot_be_replayed()
    {
        await acme.WithScopeAsync(s => s.GetRequiredService<JobQueue>().EnqueueAsync(new Greet("x"), new JobTerms { RunAt = TestApi.Clock.GetUtcNow().AddYears(1) }, default));
        var job = (await acme.GetAsync<Page<JobEntry>>("/v1/jobs?filter[status][eq]=pending")).Data.Single();

        var response = await acme.Http.PostAsync($"/v1/jobs/{job.Id}/replay", null);

        Assert.That((await Problem.OfAsync(response)).Code, Is.EqualTo("job_not_dead"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Another_tenants_job_is_not_found_and_not_listed()
    {
        await acme.WithScopeAsync(s => s.GetRequiredService<JobQueue>().EnqueueAsync(new Greet("x"), new JobTerms { RunAt = TestApi.Clock.GetUtcNow().AddYears(1) }, default));
        var job = (await acme.GetAsync<Page<JobEntry>>("/v1/jobs")).Data.Single();
        var stranger = await TestTenant.NewAsync();

        var shown = await stranger.Http.GetAsync($"/v1/jobs/{job.Id}");
        var replayed = await stranger.Http.PostAsync($"/v1/jobs/{job.Id}/replay", null);
        var listed = await stranger.GetAsync<Page<JobEntry>>("/v1/jobs");

        Assert.That((shown.StatusCode, replayed.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(listed.Data, Is.Empty);
    }

    [Test]
    public async Task Jobs_are_paged_newest_first()
    {
        for (var i = 0; i < 3; i++)
            await acme.WithScopeAsync(s => s.GetRequiredService<JobQueue>().EnqueueAsync(new Greet("x"), new JobTerms { RunAt = TestApi.Clock.GetUtcNow().AddYears(1) }, default));

        var first = await acme.GetAsync<Page<JobEntry>>("/v1/jobs?limit=2");
        var second = await acme.GetAsync<Page<JobEntry>>($"/v1/jobs?limit=2&cursor={first.NextCursor}");

        var ids = first.Data.Concat(second.Data).Select(j => j.Id.ToString()).ToArray();
        Assert.That(ids, Has.Length.EqualTo(3).And.Unique.And.Ordered.Descending);
        Assert.That(second.HasMore, Is.False);
    }

    private sealed record Greet(string Email);

    private static readonly TenantSql Kill = TenantSql.Of("""
        UPDATE Jobs SET State = 2, DueAt = NULL, Attempts = 8, LastError = 'provider_unreachable', Fence = Fence + 1
        WHERE TenantId = @TenantId
        """);
}
