using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tests.Jobs;
using CustomerCrm.Tests.Outbound.Web;
using CustomerCrm.Tests.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerCrm.Tests.Platform;

public class TelemetryTests
{
    [Test]
    public async Task The_backlog_is_the_oldest_due_job_the_dead_ones_and_the_unread_events()
    {
        await using var bench = await WorkBench.StartAsync(s => s.AddSingleton(new ErrandLog { Do = (_, _) => throw new JobFailedException("no") }).AddJob<ErrandJob, Errand>(),
            settings: ("Jobs:MaxAttempts", "1"));
        var (acme, other) = (await bench.TenantAsync(), await bench.TenantAsync());
        await bench.EnqueueAsync(other, new Errand("dies"));
        await bench.Jobs.RunDueAsync(default);
        await bench.EnqueueAsync(acme, new Errand("waits"));
        await bench.EnqueueAsync(acme, new Errand("later"), new JobTerms { RunAt = bench.Clock.GetUtcNow().AddDays(1) });
        bench.Clock.Step(TimeSpan.FromSeconds(40));

        var backlog = await BacklogOfAsync(bench.Services.GetRequiredService<Databases>(), bench.Clock);

        Assert.That(backlog, Is.EqualTo(new Backlog(TimeSpan.FromSeconds(40), DeadJobs: 1, TimeSpan.Zero, BusLag: 0)));
    }

    [Test]
    public async Task Where_nothing_waits_the_backlog_is_nothing()
    {
        await using var bench = await WorkBench.StartAsync(_ => { });

        Assert.That(await BacklogOfAsync(bench.Services.GetRequiredService<Databases>(), bench.Clock), Is.EqualTo(new Backlog(TimeSpan.Zero, 0, TimeSpan.Zero, 0)));
    }

    [Test]
    public async Task A_webhook_delivery_that_is_due_is_a_backlog_and_one_that_is_tried_again_later_is_none()
    {
        await using var host = new WebhookHost();
        await using var receiver = await Receiver.StartAsync(call => call.Answer(500, ""));
        var http = await host.TenantAsync();
        await http.WebhookAsync(receiver.Url, "customer.created");
        await http.CustomerAsync();
        await host.HandOnAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(30));

        var waiting = await BacklogOfAsync(host.Services.GetRequiredService<Databases>(), host.Clock);
        await host.RunAsync();
        var retried = await BacklogOfAsync(host.Services.GetRequiredService<Databases>(), host.Clock);

        Assert.That((waiting.OldestDelivery, retried.OldestDelivery), Is.EqualTo((TimeSpan.FromSeconds(30), TimeSpan.Zero)));
    }

    [TestCase(null, null, false)]
    [TestCase("Otlp:Endpoint", "http://127.0.0.1:4317", true)]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317", true)]
    public void Telemetry_is_sent_only_where_a_collector_is_named(string? name, string? value, bool isSent)
    {
        var settings = name is null ? [] : new[] { KeyValuePair.Create(name, value) };

        var collector = Collector.Of(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        Assert.That(collector is not null, Is.EqualTo(isSent));
    }

    [TestCase(null, true, true)]
    [TestCase("all", true, true)]
    [TestCase("api", true, false)]
    [TestCase("Worker", false, true)]
    public void A_role_says_what_a_process_does(string? role, bool servesApi, bool runsWork)
    {
        string[] engine = ["--Database:Engine", "SqlServer"];
        var configuration = new ConfigurationBuilder().AddCommandLine(role is null ? engine : [.. engine, "--role", role]).Build();

        Assert.That(ProcessRole.Of(configuration), Is.EqualTo(new ProcessRole { ServesApi = servesApi, RunsWork = runsWork }));
    }

    [TestCase("--role", "api", "one owner")]
    [TestCase("--role", "worker", "one owner")]
    [TestCase("--role", "both", "no role 'both'")]
    [TestCase("--Database:Engine", "Oracle", "engine 'Oracle'")]
    [TestCase("--Database:RowLevelSecurity", "true", "needs SQL Server")]
    [TestCase("--Outbound:AllowInternal", "true", "for development")]
    [TestCase("--Webhooks:Schedule:0", "00:00:01", "for development")]
    [TestCase("--role", "all", null)]
    public void A_setting_that_cannot_be_keeps_the_program_from_starting(string setting, string value, string? saying) =>
        Assert.That(SettingsCheck.WhyNot(new ConfigurationBuilder().AddCommandLine([setting, value]).Build()), saying is null ? Is.Null : Does.Contain(saying));

    private static Task<Backlog> BacklogOfAsync(Databases databases, TimeProvider clock) => new BacklogSampler(databases, clock, NullLogger<BacklogSampler>.Instance).ReadAsync(default);
}
