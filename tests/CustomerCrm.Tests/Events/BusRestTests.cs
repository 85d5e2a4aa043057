using CustomerCrm.Platform.Events;
using CustomerCrm.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Events;

public class BusRestTests
{
    [Test]
    public async Task Who_rests_after_a_batch_is_served_again_when_it_has_rested_and_others_meanwhile()
    {
        await using var bench = await WorkBench.StartAsync(services => services.AddSingleton<Read>().AddEventConsumer<Resting>().AddEventConsumer<Restless>());
        var tenant = await bench.TenantAsync();
        var read = bench.Services.GetRequiredService<Read>();

        await RecordAsync(bench, tenant);
        await RunAsync(bench);
        bench.Clock.Step(TimeSpan.FromSeconds(1));
        await RecordAsync(bench, tenant);
        await RunAsync(bench);
        var before = read.By.ToArray();
        bench.Clock.Step(TimeSpan.FromSeconds(1));
        var left = bench.Bus.RingRested();
        bench.Clock.Step(TimeSpan.FromMinutes(2));
        await RunAsync(bench);

        Assert.That(before, Is.EquivalentTo(new[] { "resting", "restless", "restless" }));
        Assert.That(left, Is.EqualTo(TimeSpan.FromSeconds(58)));
        Assert.That(read.By, Is.EquivalentTo(new[] { "resting", "restless", "restless", "resting" }));
    }

    [Test]
    public async Task What_a_tenant_does_within_a_moment_is_looked_at_together()
    {
        await using var bench = await WorkBench.StartAsync(services => services.AddSingleton<Read>().AddEventConsumer<Restless>());
        var tenant = await bench.TenantAsync();
        var other = await bench.TenantAsync();

        await RecordAsync(bench, tenant);
        var first = await bench.Bus.RunNextAsync(default);
        await RecordAsync(bench, tenant);
        await RecordAsync(bench, tenant);
        var atOnce = await bench.Bus.RunNextAsync(default);
        await RecordAsync(bench, other);
        var ofOther = await bench.Bus.RunNextAsync(default);
        var left = bench.Bus.RingRested();
        bench.Clock.Step(left!.Value);
        bench.Bus.RingRested();
        var together = await bench.Bus.RunNextAsync(default) + await bench.Bus.RunNextAsync(default); // of both, whoever is first

        Assert.That((first, atOnce, ofOther, together), Is.EqualTo((1, 0, 1, 2)));
        Assert.That(left, Is.LessThan(TimeSpan.FromMilliseconds(100)));
    }

    private static async Task RunAsync(WorkBench bench)
    {
        bench.Bus.RingRested(); // as the worker does before each turn
        while (await bench.Bus.RunNextAsync(default) is not null) { }
    }

    private static Task RecordAsync(WorkBench bench, int tenantId) => bench.AsAsync(tenantId, (services, db) => db.InTransactionAsync(() =>
    {
        services.GetRequiredService<EventLog>().Record("thing.changed", new { });
        return Task.CompletedTask;
    }, default));

    private sealed class Read
    {
        public List<string> By { get; } = [];
    }

    private sealed class Resting(Read read) : IEventConsumer
    {
        public string Name => "resting";
        public TimeSpan Rest => TimeSpan.FromMinutes(1);

        public Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
        {
            read.By.Add(Name);
            return Task.CompletedTask;
        }
    }

    private sealed class Restless(Read read) : IEventConsumer
    {
        public string Name => "restless";

        public Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
        {
            read.By.Add(Name);
            return Task.CompletedTask;
        }
    }
}
