using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Access.Limits;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Access.Origins;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerCrm.Platform.Access;

public static class AccessServices
{
    /// <summary>API keys, scopes and rate limits. Wants <c>Databases</c>, <c>SystemDb</c> and <c>CurrentTenant</c> from elsewhere.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits").ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RateLimits>().AddSingleton<NamedLimits>();
        services.AddSingleton<CrossOrigin>();
        services.TryAddSingleton(RolePermissions.OfOwnersAlone);
        services.AddSingleton<AddressUses>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<ApiKeyCache>();
        services.AddSingleton(provider => new KeyScopes(provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<ApiKeyCache>()));
        services.AddSingleton<LastUsedWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<LastUsedWriter>());
        services.AddSingleton<KnownScopes>();
        services.AddSingleton(provider => new OperatorKeys(provider.GetRequiredService<SystemDb>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TemporaryKeys(provider.GetRequiredService<Databases>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new LinkTickets(provider.GetRequiredService<InstallationSecrets>(), provider.GetRequiredService<Databases>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new OutsideLimits(provider.GetRequiredService<RateLimits>(), provider.GetRequiredService<AddressUses>()));
        services.AddSingleton(provider => new EntryTokens(provider.GetRequiredService<Databases>(), provider.GetRequiredService<OutsideLimits>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new PublicNames(provider.GetRequiredService<Databases>(), provider.GetRequiredService<TenantDb>(), provider.GetRequiredService<CurrentTenant>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<EntryTokenWriter>();
        services.AddScoped<TenantRegistry>();
        services.AddScoped<Caller>();
        services.AddScoped(provider => new KeyChanges(provider.GetRequiredService<TenantDb>(), provider.GetRequiredService<ApiKeyCache>()));
        return services;
    }

    /// <summary>Behind the writing of problems and in front of everything that knows a tenant.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app
        .UseMiddleware<PreflightMiddleware>()
        .UseMiddleware<BearerAuthentication>();
}
