using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Events;

public class BusTests
{
    private readonly Readers readers = new();
    private WorkBench bench = null!;
    private int acme;

    [SetUp]
    public async Task StartAsync()
    {
        bench = await WorkBench.StartAsync(s => s.AddSingleton(readers).AddEventConsumer<FirstReader>().AddEventConsumer<SecondReader>());
        acme = await bench.TenantAsync();
    }

    [TearDown]
    public async Task StopAsync() => await bench.DisposeAsync();

    [Test]
    public async Task Every_consumer_sees_every_event_once_and_in_order()
    {
        string[] types = [.. Enumerable.Range(1, 250).Select(i => $"order.n{i}")];
        await bench.RecordAsync(acme, types);

        var handled = await bench.Bus.RunDueAsync(default);
        await bench.RecordAsync(acme, "order.last");
        await bench.Bus.RunDueAsync(default);

        Assert.That(handled, Is.EqualTo(500));
        Assert.That(readers.Of("first", acme), Is.EqualTo(types.Append("order.last")));
        Assert.That(readers.Of("second", acme), Is.EqualTo(types.Append("order.last")));
    }

    [Test]
    public async Task A_consumer_that_fails_goes_on_where_it_was_and_holds_up_nobody_else()
    {
        var other = await bench.TenantAsync();
        await bench.RecordAsync(acme, "order.created", "order.paid");
        await bench.RecordAsync(other, "order.created");
        readers.Fails = (name, tenant) => name == "first" && tenant == acme;

        await bench.Bus.RunDueAsync(default);
        var whileFailing = (readers.Of("first", acme), readers.Of("second", acme).Length, readers.Of("first", other).Length);
        readers.Fails = (_, _) => false;
        await bench.Bus.RunDueAsync(default);

        Assert.That(whileFailing, Is.EqualTo((Array.Empty<string>(), 2, 1)));
        Assert.That(readers.Of("first", acme), Is.EqualTo(new[] { "order.created", "order.paid" }));
        Assert.That(readers.Of("second", acme), Has.Length.EqualTo(2), "what was done is not done again");
    }

    [Test]
    public async Task What_a_failing_consumer_wrote_is_undone_with_its_place()
    {
        await bench.RecordAsync(acme, "order.created");
        readers.WritesThenFails = true;
        await bench.Bus.RunDueAsync(default);
        readers.WritesThenFails = false;

        var written = await bench.Db.QueryAsync<int>(Marks, null, default);
        await bench.Bus.RunDueAsync(default);

        Assert.That(written.Single(), Is.Zero);
        Assert.That(readers.Of("second", acme), Is.EqualTo(new[] { "order.created" }));
    }

    [Test]
    public async Task A_failing_consumer_is_left_alone_for_a_while_but_not_for_ever()
    {
        await bench.RecordAsync(acme, "order.created");
        readers.Fails = (name, _) => name == "first";
        await bench.Bus.LookAsync(default);
        await bench.Bus.RunNextAsync(default);
        readers.Fails = (_, _) => false;

        await bench.RecordAsync(acme, "order.paid");
        while (await bench.Bus.RunNextAsync(default) is not null) { }
        var soon = readers.Of("first", acme);
        bench.Clock.Step(TimeSpan.FromSeconds(5));
        bench.Bus.RingRested();
        await bench.Bus.LookAsync(default);
        while (await bench.Bus.RunNextAsync(default) is not null) { }

        Assert.That(soon, Is.Empty);
        Assert.That(readers.Of("first", acme), Is.EqualTo(new[] { "order.created", "order.paid" }));
    }

    [Test]
    public async Task A_tenant_with_many_events_lets_others_in_between()
    {
        var other = await bench.TenantAsync();
        await bench.RecordAsync(acme, [.. Enumerable.Range(1, 1000).Select(_ => "order.created")]);
        await bench.RecordAsync(other, "order.created");

        await bench.Bus.RunNextAsync(default);
        await bench.Bus.RunNextAsync(default);

        Assert.That(readers.Of("first", acme), Has.Length.EqualTo(100));
        Assert.That(readers.Of("first", other), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_commit_tells_the_bus_whose_turn_it_is()
    {
        await bench.RecordAsync(acme, "order.created");

        var handled = await bench.Bus.RunNextAsync(default); // without having looked

        Assert.That(handled, Is.EqualTo(2));
    }

    [Test]
    public async Task Whom_nothing_concerns_is_moved_on_without_being_called()
    {
        readers.Concerns = (name, type) => name != "first" || type == "order.paid";
        await bench.RecordAsync(acme, "order.created", "order.shipped");

        var handled = await bench.Bus.RunDueAsync(default);
        var before = readers.Of("first", acme);
        await bench.RecordAsync(acme, "order.noted", "order.paid");
        await bench.Bus.RunDueAsync(default);

        Assert.That((handled, before), Is.EqualTo((4, Array.Empty<string>())), "and both have read all");
        Assert.That(readers.Of("first", acme), Is.EqualTo(new[] { "order.noted", "order.paid" }), "what it passed does not come again, and a batch comes whole");
    }

    [Test]
    public async Task Whoever_cannot_say_what_concerns_it_is_given_everything()
    {
        readers.Concerns = (_, _) => throw new InvalidOperationException("Not today.");
        await bench.RecordAsync(acme, "order.created");

        await bench.Bus.RunDueAsync(default);

        Assert.That(readers.Of("first", acme), Is.EqualTo(new[] { "order.created" }));
    }

    private sealed class Readers
    {
        public Func<string, string, bool> Concerns { get; set; } = (_, _) => true;
        private readonly List<(string Name, int Tenant, string Type)> seen = [];

        public Func<string, int, bool> Fails { get; set; } = (_, _) => false;
        public bool WritesThenFails { get; set; }

        public string[] Of(string name, int tenant) => [.. seen.Where(s => s.Name == name && s.Tenant == tenant).Select(s => s.Type)];

        public void See(string name, int tenant, IReadOnlyList<EventRow> events)
        {
            if (Fails(name, tenant)) throw new InvalidOperationException("Not today.");
            seen.AddRange(events.Select(e => (name, tenant, e.Type)));
        }
    }

    private sealed class FirstReader(Readers readers, CurrentTenant tenant) : IEventConsumer
    {
        public string Name => "first";

        public ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) => ValueTask.FromResult(events.Any(e => readers.Concerns(Name, e.Type)));

        public Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
        {
            readers.See(Name, tenant.Id, events);
            return Task.CompletedTask;
        }
    }

    private sealed class SecondReader(Readers readers, CurrentTenant tenant, TenantDb db) : IEventConsumer
    {
        public string Name => "second";

        public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
        {
            if (readers.WritesThenFails)
            {
                await db.ExecuteAsync(Mark, null, ct);
                throw new InvalidOperationException("After writing.");
            }
            readers.See(Name, tenant.Id, events);
        }
    }

    private static readonly TenantSql Mark = TenantSql.Of("UPDATE Tenants SET Revision = 99 WHERE TenantId = @TenantId");

    private static readonly SystemSql Marks = SystemSql.Of("SELECT COUNT(*) FROM Tenants WHERE Revision = 99");
}
