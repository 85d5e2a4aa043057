using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace CustomerCrm.Platform.Schedule;

/// <summary>
/// Quartz says when, and nothing else: it is seen in this file only. On SQL Server its own tables (made by itself at the first
/// start, prefix QRTZ_) let one process of a cluster fire each trigger. On SQLite its triggers are in memory, and do not touch the writer.
/// In both, <see cref="Ticker"/> decides what was due.
/// </summary>
public static class ScheduleServices
{
    public static IServiceCollection AddSchedule(this IServiceCollection services, IConfiguration configuration, IReadOnlyList<Recurring> schedule)
    {
        if (schedule.DistinctBy(r => r.Name).Count() != schedule.Count) throw new ArgumentException("Two recurring jobs have the same name.");
        services.AddSingleton(all => new Ticker(
            all.GetRequiredService<Databases>(), schedule, all.GetRequiredService<JobTurns>(),
            all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILogger<Ticker>>()));
        if (!ProcessRole.Of(configuration).RunsWork) return services;

        services.AddHostedService<MissedAtStart>();
        services.AddQuartz(quartz =>
        {
            if (configuration["Database:Engine"] == "SqlServer") quartz.UsePersistentStore(store =>
            {
                store.UseSqlServer(SqlClientFactory.Instance, configuration["Database:ConnectionString"]!);
                store.UseSystemTextJsonSerializer();
                store.UseClustering();
                store.ProvisionSchema();
            });
            foreach (var recurring in schedule) quartz.ScheduleJob<Tick>(
                trigger => trigger.WithIdentity(recurring.Name).WithCronSchedule(WhenToAsk(recurring), cron => cron.InTimeZone(TimeZoneInfo.Utc)),
                job => job.WithIdentity(recurring.Name));
        });
        services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
        return services;
    }

    /// <summary>
    /// After the migrations: makes the scheduler's tables on SQL Server, which it does when it starts and they are missing, so that no process needs
    /// the right to. What is due is queued on the way, as at any start.
    /// </summary>
    public static async Task PrepareScheduleAsync(this IServiceProvider services, CancellationToken ct)
    {
        if (services.GetRequiredService<Database>().Name != "sqlserver" || services.GetService<ISchedulerFactory>() is not { } factory) return;
        var scheduler = await factory.GetScheduler(ct);
        await scheduler.Start(ct);
        await scheduler.Shutdown(waitForJobsToComplete: true, ct);
    }

    // Every zone's quarter of an hour is one of UTC's.
    private static string WhenToAsk(Recurring recurring) => recurring.IsPerTenant ? "0 0/15 * * * ?" : recurring.Cron.CronExpressionString;

    [DisallowConcurrentExecution]
    internal sealed class Tick(Ticker ticker) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var recurring = ticker.Schedule.FirstOrDefault(r => r.Name == context.JobDetail.Key.Name);
            if (recurring is not null) await ticker.TickAsync(recurring, cancellationToken); // else one that an older release left in the store
        }
    }

    internal sealed class MissedAtStart(Ticker ticker) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stopping) => ticker.TickAsync(stopping);
    }
}
