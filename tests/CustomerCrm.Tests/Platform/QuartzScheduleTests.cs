using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Schedule;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerCrm.Tests.Platform;

public class QuartzScheduleTests
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"crm-quartz-{Guid.NewGuid():N}.db");

    [TearDown]
    public void Remove()
    {
        foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(left);
    }

    [Test]
    public async Task When_its_time_has_come_it_is_queued_and_run()
    {
        var rung = new TaskCompletionSource();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services
            .AddLogging()
            .AddSingleton(Database.For("Sqlite", $"Data Source={file}")).AddScoped<CurrentTenant>().AddScoped<TenantDb>()
            .AddSingleton(rung).AddJob<RingJob, Ring>()
            .AddJobs(builder.Configuration)
            .AddSchedule(builder.Configuration, [Recurring.Once("every_second", "* * * * * ?", new Ring())]);
        using var host = builder.Build();
        await new Migrator(host.Services.GetRequiredService<Database>(), TimeProvider.System).MigrateAsync(typeof(Program).Assembly, default);

        await host.StartAsync();
        await rung.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await host.StopAsync();

        Assert.That(rung.Task.IsCompletedSuccessfully, Is.True);
    }

    private sealed record Ring;

    private sealed class RingJob(TaskCompletionSource rung) : IJob<Ring>
    {
        public Task RunAsync(Ring work, CancellationToken ct)
        {
            rung.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
