using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Jobs;

public class JobWorkerTests
{
    private static readonly TimeSpan soon = TimeSpan.FromSeconds(30);
    private readonly ErrandLog errands = new();
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Test]
    public async Task A_commit_wakes_the_worker_without_waiting_for_its_next_look()
    {
        errands.Do = (_, _) => { begun.TrySetResult(); return Task.CompletedTask; };
        await using var bench = await StartAsync(("Jobs:PollEvery", "00:01:00"));
        var acme = await bench.TenantAsync();
        await bench.Worker.StartAsync(default);

        await bench.EnqueueAsync(acme, new Errand("one"));
        await begun.Task.WaitAsync(soon);

        await bench.Worker.StopAsync(default);
        Assert.That(errands.Names, Is.EqualTo(new[] { "one" }));
        Assert.That(await bench.JobsAsync(), Is.Empty);
    }

    [Test]
    public async Task On_stop_what_runs_may_finish_and_nothing_more_is_taken()
    {
        var finish = new TaskCompletionSource();
        errands.Do = (_, _) => { begun.TrySetResult(); return finish.Task; };
        await using var bench = await StartAsync(("Jobs:Concurrency", "1"));
        var acme = await bench.TenantAsync();
        await bench.EnqueueAsync(acme, new Errand("first"));
        await bench.EnqueueAsync(acme, new Errand("second"));
        await bench.Worker.StartAsync(default);
        await begun.Task.WaitAsync(soon);

        var stopped = bench.Worker.StopAsync(default);
        finish.SetResult();
        await stopped.WaitAsync(soon);

        Assert.That(errands.Names, Is.EqualTo(new[] { "first" }));
        Assert.That((await bench.JobsAsync()).Single(), Has.Property("State").EqualTo(JobStatus.Pending).And.Property("Attempts").EqualTo(0));
    }

    [Test]
    public async Task On_stop_what_does_not_finish_is_put_back_as_if_never_tried()
    {
        errands.Do = (_, ct) => { begun.TrySetResult(); return Task.Delay(Timeout.Infinite, ct); };
        await using var bench = await StartAsync(("Jobs:StopGrace", "00:00:00"));
        var acme = await bench.TenantAsync();
        await bench.EnqueueAsync(acme, new Errand("endless"));
        await bench.Worker.StartAsync(default);
        await begun.Task.WaitAsync(soon);

        await bench.Worker.StopAsync(default).WaitAsync(soon);

        Assert.That((await bench.JobsAsync()).Single(), Has.Property("State").EqualTo(JobStatus.Pending).And.Property("Attempts").EqualTo(0).And.Property("DueAt").EqualTo(bench.Clock.GetUtcNow()));
    }

    private Task<WorkBench> StartAsync(params (string, string)[] settings) =>
        WorkBench.StartAsync(s => s.AddSingleton(errands).AddJob<ErrandJob, Errand>(), settings: settings);
}
