using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Sqlite;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Jobs;

public class JobLeaseTests
{
    private static readonly TimeSpan lease = TimeSpan.FromMinutes(1);
    private readonly ErrandLog errands = new();
    private WorkBench bench = null!;
    private int acme;

    [SetUp]
    public async Task StartAsync()
    {
        bench = await WorkBench.StartAsync(s => s.AddSingleton(errands).AddJob<ErrandJob, Errand>());
        acme = await bench.TenantAsync();
        await bench.EnqueueAsync(acme, new Errand("one"));
    }

    [TearDown]
    public async Task StopAsync() => await bench.DisposeAsync();

    [Test]
    public async Task A_job_is_held_by_one_worker_at_a_time()
    {
        var first = await bench.Store.ClaimAsync(acme, default);
        var second = await bench.Store.ClaimAsync(acme, default);

        Assert.That(first, Is.Not.Null);
        Assert.That(second, Is.Null);
    }

    [Test]
    public async Task Of_many_workers_that_reach_for_a_job_at_once_one_gets_it()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bench.Store.ClaimAsync(acme, default)));

        Assert.That(claims.Count(c => c is not null), Is.EqualTo(1));
    }

    [Test]
    public async Task A_late_finish_after_the_lease_ran_out_changes_nothing()
    {
        var silent = await bench.Store.ClaimAsync(acme, default);
        bench.Clock.Step(lease);
        var second = await bench.Store.ClaimAsync(acme, default);

        var late = new[]
        {
            await bench.Store.DoneAsync(silent!, default),
            await bench.Store.RetryAsync(silent!, "late", TimeSpan.Zero, default),
            await bench.Store.BuryAsync(silent!, "late", default),
            await bench.Store.RenewAsync(silent!, default),
            await bench.Store.ReleaseAsync(silent!, default),
        };

        Assert.That(second!.Id, Is.EqualTo(silent!.Id));
        Assert.That(late, Is.All.False);
        Assert.That((await bench.JobsAsync()).Single(), Has.Property("State").EqualTo(JobStatus.Running).And.Property("LastError").Null);
        Assert.That(await bench.Store.DoneAsync(second, default), Is.True);
    }

    [Test]
    public async Task A_renewed_lease_keeps_others_away()
    {
        var job = await bench.Store.ClaimAsync(acme, default);
        bench.Clock.Step(lease * 0.9);
        var renewed = await bench.Store.RenewAsync(job!, default);
        bench.Clock.Step(lease * 0.9);

        var other = await bench.Store.ClaimAsync(acme, default);

        Assert.That(renewed, Is.True);
        Assert.That(other, Is.Null);
    }

    [Test]
    public async Task A_job_whose_worker_died_runs_again()
    {
        await bench.Store.ClaimAsync(acme, default);
        var during = await bench.Jobs.RunDueAsync(default);
        bench.Clock.Step(lease);

        var after = await bench.Jobs.RunDueAsync(default);

        Assert.That((during, after), Is.EqualTo((0, 1)));
        Assert.That(errands.Names, Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public async Task Whoever_owns_the_file_next_need_not_wait_for_the_lease_of_one_that_died()
    {
        var died = await bench.Store.ClaimAsync(acme, default);
        using (var owned = SqliteFileLock.Take(bench.Services.GetRequiredService<Databases>())) await AbandonedJobs.FreeAsync(owned, bench.Clock, default);

        var late = await bench.Store.DoneAsync(died!, default);
        var ran = await bench.Jobs.RunDueAsync(default);

        Assert.That((late, ran), Is.EqualTo((false, 1)));
    }

    [Test]
    public async Task A_job_that_kills_the_program_each_time_it_starts_is_set_aside_unrun()
    {
        using var owned = SqliteFileLock.Take(bench.Services.GetRequiredService<Databases>());
        for (var i = 0; i < 24; i++) await DieAsync(owned);
        bench.Clock.Step(TimeSpan.FromSeconds(10));

        await bench.Jobs.RunDueAsync(default);

        Assert.That((await bench.JobsAsync()).Single(), Has.Property("State").EqualTo(JobStatus.Dead).And.Property("LastError").EqualTo("worker_lost"));
    }

    [Test]
    public async Task A_job_that_kills_every_worker_is_set_aside_unrun()
    {
        for (var i = 0; i < 24; i++)
        {
            await bench.Store.ClaimAsync(acme, default);
            bench.Clock.Step(lease);
        }

        await bench.Jobs.RunDueAsync(default);

        Assert.That((await bench.JobsAsync()).Single(), Has.Property("State").EqualTo(JobStatus.Dead).And.Property("LastError").EqualTo("worker_lost"));
        Assert.That(errands.Ran, Is.Empty);
    }

    [Test]
    public async Task A_job_that_was_there_whenever_the_program_died_is_done_all_the_same()
    {
        using (var owned = SqliteFileLock.Take(bench.Services.GetRequiredService<Databases>()))
            for (var i = 0; i < 20; i++) await DieAsync(owned);

        var atOnce = await bench.Jobs.RunDueAsync(default);
        bench.Clock.Step(TimeSpan.FromSeconds(10));
        var soon = await bench.Jobs.RunDueAsync(default);

        Assert.That((atOnce, soon), Is.EqualTo((0, 1)), "others have been served by then");
        Assert.That(await bench.JobsAsync(), Is.Empty);
    }

    // The process dies with the job in its hands, and another begins.
    private async Task DieAsync(SqliteFileLock owned)
    {
        bench.Clock.Step(TimeSpan.FromSeconds(10));
        await bench.Store.ClaimAsync(acme, default);
        await AbandonedJobs.FreeAsync(owned, bench.Clock, default);
    }

    [Test]
    public async Task A_job_that_outlived_its_lease_leaves_the_second_run_alone()
    {
        ClaimedJob? second = null;
        errands.Do = async (_, ct) =>
        {
            bench.Clock.Step(lease);
            second = await bench.Store.ClaimAsync(acme, ct);
        };

        await bench.Jobs.RunDueAsync(default);

        Assert.That(second, Is.Not.Null);
        Assert.That((await bench.JobsAsync()).Single().State, Is.EqualTo(JobStatus.Running), "the second worker still has it");
    }
}
