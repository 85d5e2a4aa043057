using CustomerCrm.Platform.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Events;

public static class BusServices
{
    /// <summary>What carries events to their consumers. Wants <c>AddJobs</c> beside it.</summary>
    public static IServiceCollection AddBus(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<Bus>().AddJob<PruneEventsJob, PruneEvents>();
        if (ProcessRole.Of(configuration).RunsWork) services.AddHostedService<BusWorker>();
        return services;
    }
}
