using System.Reflection;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secondaries;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Idempotency;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Outbound.Web;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Records;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Platform.Tenancy.Moving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerCrm.Platform;

public static class PlatformServices
{
    /// <param name="services">Where to.</param>
    /// <param name="configuration"><c>Database:Engine</c>, <c>Database:ConnectionString</c>, <c>Database:More</c>, <c>Database:RowLevelSecurity</c>, <c>Database:ReadConnectionString</c>, <c>Tenants:PlaceIn</c>, <c>Public:BaseUrl</c>.</param>
    /// <param name="product">The assembly whose records have ids.</param>
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration, Assembly product)
    {
        DapperTypes.Register(typeof(PlatformServices).Assembly, product);
        var databases = SettingsCheck.DatabasesOf(configuration);
        services.AddSingleton(databases).AddSingleton(databases.First);
        services.TryAddSingleton(TimeProvider.System);
        if (databases.All.Any(d => d.Secondary is not null)) services.AddHostedService<SecondaryWatch>();
        services.AddSingleton<TenantMove>().AddSingleton(s => new MoveTenantCommand(s.GetRequiredService<Databases>(), s.GetRequiredService<TenantMove>()));
        services.AddSingleton<SystemDb>().AddSingleton<InstallationSecrets>();
        services.AddScoped<CurrentTenant>().AddScoped<TenantDb>().AddScoped<TenantScopes>();
        services.AddOptions<FileStoreOptions>().BindConfiguration("Files");
        services.AddScoped<IFileStore, TenantFolder>();

        services.AddOutboundWeb();
        services.AddSingleton<BusSignal>().AddScoped<EventLog>();
        services.AddScoped<FieldHistory>().AddScoped<EditConflicts>();
        services.AddSingleton<RecordColumns>()
            .AddScoped(s => new RecordTouches(s.GetRequiredService<TenantDb>()))
            .AddScoped(s => new RecordBin(s.GetRequiredService<TenantDb>(), s.GetRequiredService<RecordColumns>(), s.GetServices<ILeaving>(), s.GetRequiredService<Caller>(), s.GetRequiredService<TimeProvider>()))
            .AddScoped(s => new RecordCopy(s.GetRequiredService<TenantDb>(), s.GetRequiredService<RecordColumns>()))
            .AddScoped(s => new RecordRestoring(s.GetRequiredService<TenantDb>(), s.GetRequiredService<RecordColumns>(), s.GetServices<RecordKind>(), s.GetServices<IRestored>(), s.GetServices<IMendsRows>()));
        services.AddScoped<IForgets, ForgottenEvents>().AddScoped<IForgets, ForgottenAnswers>().AddJob<ForgetJob, Forget>();
        services.AddSingleton<InFlight>().AddSingleton<WriteFilter>().AddScoped<IdempotencyRecords>();
        services.AddJob<PruneIdempotencyJob, PruneIdempotency>();
        services.AddSingleton<Cursors>();
        MaskedPaths.Add(services);

        services.AddSingleton<LiteralRoutes>().AddSingleton<Foreground>();
        services.AddOptions<RequestOptions>().BindConfiguration("Requests").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PublicOptions>().BindConfiguration("Public").ValidateDataAnnotations()
            .Validate(o => o.TrustedProxies.All(proxy => TrustedProxies.TryRead(proxy, out _)), "Each of Public:TrustedProxies is an address or a network: 10.0.0.0/8.").ValidateOnStart();
        services.ConfigureHttpJsonOptions(o => StrictJson.Configure(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        return services;
    }

    /// <summary>What every request passes before its endpoint is known.</summary>
    public static IApplicationBuilder UsePlatform(this IApplicationBuilder app) => app
        .UseTrustedProxies()
        .Use((http, next) =>
        {
            SecurityHeaders.Add(http.Response);
            return next(http);
        })
        .UseMiddleware<HeadMiddleware>()
        .UseMiddleware<ProblemMiddleware>();

    /// <summary>What every request passes once its caller is known.</summary>
    public static IApplicationBuilder UseApiRules(this IApplicationBuilder app) => app
        .UseMiddleware<TimeLimitMiddleware>()
        .UseMiddleware<EscapedSlashMiddleware>()
        .UseMiddleware<KnownQueryMiddleware>()
        .UseMiddleware<EncodedBodyMiddleware>()
        .UseMiddleware<IdempotencyMiddleware>()
        .UseMiddleware<LagMiddleware>();
}
