using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Schedule;

namespace CustomerCrm.Tests.Platform;

public class TickerTests
{
    // The bench's clock begins at 2030-01-15 09:00 UTC.
    private static readonly Recurring nightly = Recurring.EachTenant("nightly", "0 0 2 * * ?", new PruneEvents());
    private static readonly Recurring hourly = Recurring.Once("hourly", "0 0 * * * ?", new PruneEvents());

    [Test]
    public async Task A_new_recurring_job_waits_for_its_first_time()
    {
        await using var bench = await StartAsync(nightly);

        await bench.Ticker.TickAsync(default);

        Assert.That(await bench.JobsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_run_missed_while_down_happens_once_for_each_tenant()
    {
        await using var bench = await StartAsync(nightly);
        await bench.Ticker.TickAsync(default);
        bench.Clock.Step(TimeSpan.FromDays(5));

        await bench.Ticker.TickAsync(default);
        await bench.Ticker.TickAsync(default);

        Assert.That((await bench.JobsAsync()).Select(j => j.TenantId), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task After_years_of_silence_it_still_happens_once()
    {
        await using var bench = await StartAsync(hourly);
        await bench.Ticker.TickAsync(default);
        bench.Clock.Step(TimeSpan.FromDays(2000));

        await bench.Ticker.TickAsync(default);
        await bench.Ticker.TickAsync(default);

        Assert.That(await bench.JobsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Two_instances_that_tick_together_queue_it_once()
    {
        await using var bench = await StartAsync(nightly);
        await bench.Ticker.TickAsync(default);
        bench.Clock.Step(TimeSpan.FromDays(1));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bench.Ticker.TickAsync(default)));
        var queued = await bench.JobsAsync();
        await bench.Jobs.RunDueAsync(default);
        await bench.Ticker.TickAsync(default);

        Assert.That(queued, Has.Count.EqualTo(2));
        Assert.That(await bench.JobsAsync(), Is.Empty);
    }

    [Test]
    public async Task The_next_night_it_happens_again()
    {
        await using var bench = await StartAsync(nightly);
        await bench.Ticker.TickAsync(default);
        bench.Clock.Step(TimeSpan.FromDays(1));
        await bench.Ticker.TickAsync(default);
        var first = await bench.Jobs.RunDueAsync(default);
        bench.Clock.Step(TimeSpan.FromDays(1));

        await bench.Ticker.TickAsync(default);

        Assert.That((first, await bench.Jobs.RunDueAsync(default)), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task Night_is_when_it_is_night_for_the_tenant()
    {
        await using var bench = await StartAsync(nightly);
        var auckland = await bench.TenantAsync("Pacific/Auckland"); // 02:00 there is 13:00 UTC in January
        await bench.Ticker.TickAsync(default);

        bench.Clock.Step(TimeSpan.FromHours(3.75));
        await bench.Ticker.TickAsync(default);
        var justBefore = await bench.JobsAsync();
        bench.Clock.Step(TimeSpan.FromHours(0.25));
        await bench.Ticker.TickAsync(default);

        Assert.That(justBefore, Is.Empty);
        Assert.That((await bench.JobsAsync()).Select(j => j.TenantId), Is.EqualTo(new[] { auckland }));
    }

    [Test]
    public async Task Work_of_the_installation_is_queued_without_a_tenant()
    {
        await using var bench = await StartAsync(hourly);
        await bench.Ticker.TickAsync(default);
        bench.Clock.Step(TimeSpan.FromHours(1));

        await bench.Ticker.TickAsync(default);

        Assert.That((await bench.JobsAsync()).Single(), Has.Property("TenantId").EqualTo(0).And.Property("State").EqualTo(JobStatus.Pending));
    }

    [Test]
    public void A_time_that_cannot_be_read_stops_the_program_and_not_the_night() =>
        Assert.That(() => Recurring.Once("wrong", "0 0 25 * * ?", new PruneEvents()), Throws.Exception);

    [Test]
    public void The_schedule_of_the_product_has_distinct_names() =>
        Assert.That(Schedule.All.Select(r => r.Name), Is.Not.Empty.And.Unique);

    private static async Task<WorkBench> StartAsync(Recurring recurring)
    {
        var bench = await WorkBench.StartAsync(schedule: [recurring]);
        await bench.TenantAsync();
        await bench.TenantAsync();
        return bench;
    }
}
