using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Jobs;

public class JobRunnerTests
{
    private readonly ErrandLog errands = new();
    private WorkBench bench = null!;
    private int acme;

    [SetUp]
    public async Task StartAsync()
    {
        bench = await WorkBench.StartAsync(s => s.AddSingleton(errands).AddJob<ErrandJob, Errand>());
        acme = await bench.TenantAsync();
    }

    [TearDown]
    public async Task StopAsync() => await bench.DisposeAsync();

    [Test]
    public async Task A_job_runs_as_its_tenant_and_is_gone()
    {
        await bench.EnqueueAsync(acme, new Errand("one"));

        var ran = await bench.Jobs.RunDueAsync(default);

        Assert.That(ran, Is.EqualTo(1));
        Assert.That(errands.Ran, Is.EqualTo(new[] { (acme, "one") }));
        Assert.That(await bench.JobsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_transaction_that_is_undone_takes_its_job_with_it()
    {
        var undone = bench.AsAsync(acme, (scope, db) => db.InTransactionAsync(async () =>
        {
            await scope.GetRequiredService<JobQueue>().EnqueueAsync(new Errand("never"), default);
            throw new InvalidOperationException("Undo.");
        }, default));

        Assert.ThrowsAsync<InvalidOperationException>(() => undone);
        Assert.That(await bench.Jobs.RunDueAsync(default), Is.Zero);
        Assert.That(await bench.JobsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_job_for_later_waits_for_its_time()
    {
        await bench.EnqueueAsync(acme, new Errand("later"), new JobTerms { RunAt = bench.Clock.GetUtcNow().AddHours(1) });

        var before = await bench.Jobs.RunDueAsync(default);
        bench.Clock.Step(TimeSpan.FromHours(1));
        var after = await bench.Jobs.RunDueAsync(default);

        Assert.That((before, after), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task The_same_pending_work_is_queued_once_and_again_once_it_has_begun()
    {
        var once = new JobTerms { UniqueKey = "customer 7" };
        await bench.EnqueueAsync(acme, new Errand("first"), once);
        await bench.EnqueueAsync(acme, new Errand("second"), once);
        var begun = await bench.Store.ClaimAsync(acme, default);

        await bench.EnqueueAsync(acme, new Errand("third"), once);
        await bench.Jobs.RunDueAsync(default);

        Assert.That(begun!.Payload, Does.Contain("first"));
        Assert.That(errands.Names, Is.EqualTo(new[] { "third" }));
    }

    [Test]
    public async Task A_failing_job_is_retried_later_and_later_then_set_aside_then_replayed()
    {
        errands.Do = (_, _) => throw new InvalidOperationException("anna@example.com does not like this");
        await bench.EnqueueAsync(acme, new Errand("poison"));

        var waits = new List<TimeSpan>();
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            await bench.Jobs.RunDueAsync(default);
            var job = (await bench.JobsAsync()).Single();
            if (job.DueAt is { } due) waits.Add(due - bench.Clock.GetUtcNow());
            bench.Clock.Step(TimeSpan.FromHours(2));
        }
        var dead = (await bench.JobsAsync()).Single();
        var ranAfterDeath = await bench.Jobs.RunDueAsync(default);

        Assert.That(dead, Has.Property("State").EqualTo(JobStatus.Dead).And.Property("Attempts").EqualTo(8));
        Assert.That(dead.LastError, Is.EqualTo("InvalidOperationException"), "never the message, which may quote someone's data");
        Assert.That(waits, Has.Count.EqualTo(7));
        Assert.That(waits[0], Is.InRange(TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5)));
        Assert.That(waits[6], Is.InRange(TimeSpan.FromSeconds(160), TimeSpan.FromSeconds(320)));
        Assert.That(ranAfterDeath, Is.Zero);

        errands.Do = (_, _) => Task.CompletedTask;
        await bench.AsAsync(acme, async (scope, _) => Assert.That(await scope.GetRequiredService<JobQueue>().ReplayAsync(dead.Id, default), Is.True));
        await bench.Jobs.RunDueAsync(default);

        Assert.That(await bench.JobsAsync(), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_job_hears_once_and_as_its_tenant_that_it_is_given_up_and_is_buried_whatever_comes_of_it(bool fails)
    {
        errands.Do = (_, _) => throw new JobFailedException("provider_unreachable");
        errands.OnGivenUp = () => fails ? throw new InvalidOperationException("That too.") : Task.CompletedTask;
        await bench.EnqueueAsync(acme, new Errand("poison"));

        var heardBefore = 0;
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            heardBefore = errands.GivenUp.Count;
            await bench.Jobs.RunDueAsync(default);
            bench.Clock.Step(TimeSpan.FromHours(2));
        }

        Assert.That(heardBefore, Is.Zero);
        Assert.That(errands.GivenUp, Is.EqualTo(new[] { (acme, "poison", "provider_unreachable") }));
        Assert.That((await bench.JobsAsync()).Single().State, Is.EqualTo(JobStatus.Dead));
    }

    [Test]
    public async Task A_poison_job_does_not_hold_up_those_behind_it()
    {
        errands.Do = (name, _) => name == "poison" ? throw new JobFailedException("provider_unreachable") : Task.CompletedTask;
        await bench.EnqueueAsync(acme, new Errand("poison"));
        await bench.EnqueueAsync(acme, new Errand("good"));

        await bench.Jobs.RunDueAsync(default);

        Assert.That(errands.Names, Is.EqualTo(new[] { "poison", "good" }));
        Assert.That((await bench.JobsAsync()).Single().LastError, Is.EqualTo("provider_unreachable"));
    }

    [Test]
    public async Task A_job_that_no_release_knows_is_kept_and_tried_again()
    {
        await bench.EnqueueAsync(acme, new UnknownWork());

        await bench.Jobs.RunDueAsync(default);

        Assert.That((await bench.JobsAsync()).Single(), Has.Property("LastError").EqualTo("unknown_kind").And.Property("State").EqualTo(JobStatus.Pending));
    }

    [Test]
    public async Task A_job_of_the_installation_runs_without_a_tenant()
    {
        await bench.Db.ExecuteAsync(InsertSystemJob, new { Id = Id<Job>.New(), Now = bench.Clock.GetUtcNow() }, default);

        await bench.Jobs.RunDueAsync(default);

        Assert.That((await bench.JobsAsync()).Single().LastError, Is.EqualTo("InvalidOperationException"), "the tenant it asked for was not set");
    }

    private sealed record UnknownWork;

    private static readonly SystemSql InsertSystemJob = SystemSql.Of("""
        INSERT INTO Jobs (TenantId, Id, Kind, Payload, State, DueAt, Attempts, Fence, EnqueuedAt)
        VALUES (0, @Id, 'errand', '{"Name":"system"}', 0, @Now, 0, 0, @Now)
        """);
}
