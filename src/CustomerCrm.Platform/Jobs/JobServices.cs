using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerCrm.Platform.Jobs;

public static class JobServices
{
    /// <summary>The queue, and in a process that is a worker (<c>Role</c>, <c>Jobs:Run</c>) what runs it.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<JobOptions>().Bind(configuration.GetSection("Jobs")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SystemDb>();
        services.TryAddSingleton(all => new Databases(all.GetRequiredService<Database>()));
        services.TryAddScoped<Caller>();
        services.AddSingleton<JobTurns>().AddSingleton<JobStore>().AddSingleton<JobRunner>();
        services.AddScoped(scope => new JobQueue(
            scope.GetRequiredService<TenantDb>(), scope.GetRequiredService<Tenancy.CurrentTenant>(),
            scope.GetRequiredService<JobTurns>(), scope.GetRequiredService<TimeProvider>()));
        if (ProcessRole.Of(configuration).RunsWork) services.AddHostedService<JobWorker>();
        return services;
    }
}
