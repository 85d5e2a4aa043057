using CustomerCrm.Platform.Letters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerCrm.Platform.Outbound;

public static class OutboundServices
{
    /// <summary>What sends e-mail and text messages. Call it behind <c>AddPeople</c>, whose mailbox it shares.</summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services) => services
        .AddScoped(all => new Senders(all.GetRequiredService<DevMailbox>(), all.GetRequiredService<IHostEnvironment>()));
}
