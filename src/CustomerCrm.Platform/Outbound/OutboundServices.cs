using CustomerCrm.Platform.Outbound.Http;
using CustomerCrm.Platform.Outbound.Pipeline;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Outbound;

public static class OutboundServices
{
    /// <summary>What sends e-mail and text messages. Call it behind <c>AddPeople</c>, whose mailbox and mail server it shares.</summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddOptions<ProviderOptions>().BindConfiguration("Outbound").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ProviderHttp>().AddSingleton<OutboundPipelines>().AddSingleton<InstallationAccounts>().AddSingleton<SenderMaker>();
        return services.AddScoped(all => new Senders(
            all.GetRequiredService<CurrentTenant>(), all.GetService<IProviderAccounts>(), all.GetRequiredService<InstallationAccounts>(),
            all.GetRequiredService<SenderMaker>(), all.GetRequiredService<OutboundPipelines>()));
    }
}
