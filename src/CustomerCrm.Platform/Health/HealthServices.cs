using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Platform.Health;

public static class HealthServices
{
    /// <summary>
    /// <c>Stop:Drain</c> says how long requests are still taken after readiness has turned to 503 (0 by default; set it to a
    /// little more than the load balancer's interval). Telemetry is sent when <c>Otlp:Endpoint</c> or the variable
    /// OTEL_EXPORTER_OTLP_ENDPOINT names a collector.
    /// </summary>
    public static IServiceCollection AddHealth(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SystemDb>();
        services.TryAddSingleton(all => new Databases(all.GetRequiredService<Database>()));
        services.AddSingleton(all => new Readiness(
            all.GetRequiredService<SystemDb>(), all.GetRequiredService<IHostApplicationLifetime>(),
            all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILogger<Readiness>>()));
        var drain = configuration.GetValue("Stop:Drain", TimeSpan.Zero);
        services.AddHostedService(all => new DrainOnStop(all.GetRequiredService<Readiness>(), drain));
        if (Collector.Of(configuration) is { } collector)
            services.AddSingleton(collector).AddHostedService<TelemetrySender>().AddHostedService<BacklogSampler>();
        return services;
    }

    /// <summary>For load balancers: no key, no detail, outside <c>/v1</c>. What reads from the primary because a secondary does not answer is ready, and degraded.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => new Health("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", async (Readiness readiness, Databases databases, HttpResponse response, CancellationToken ct) =>
        {
            response.Headers.CacheControl = "no-store";
            return await readiness.IsReadyAsync(ct)
                ? Results.Json(new Health(databases.All.Any(d => d.Secondary is { IsUsable: false }) ? "degraded" : "ready"))
                : Results.Json(new Health("not_ready"), statusCode: StatusCodes.Status503ServiceUnavailable);
        }).ExcludeFromDescription();
    }

    internal sealed record Health(string Status);
}
