using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerCrm.Platform.Outbound.Web;

public static class WebServices
{
    /// <summary>What connects to hosts that tenants name. May be asked for by each who needs it.</summary>
    public static IServiceCollection AddOutboundWeb(this IServiceCollection services)
    {
        services.AddOptions<OutboundOptions>().BindConfiguration("Outbound")
            .PostConfigure<IConfiguration>((outbound, all) => outbound.Listening = all["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? []);
        services.TryAddSingleton<NameResolver>(_ => Dns.GetHostAddressesAsync);
        services.TryAddSingleton<GuardedConnector>();
        services.TryAddSingleton<WebTarget>();
        services.TryAddSingleton<GuardedHttp>();
        return services;
    }
}
