using CustomerCrm.Platform.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Webhooks;

public static class WebhookServices
{
    /// <summary>What sends webhooks. Wants an <see cref="IWebhookWatch"/> beside it.</summary>
    public static IServiceCollection AddWebhookSender(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration("Webhooks").ValidateDataAnnotations()
            .Validate(o => o.Lease > o.Timeout, "Webhooks:Lease must be longer than Webhooks:Timeout.").ValidateOnStart();
        services.AddSingleton<WebhookSignal>().AddSingleton<WebhookSettings>().AddSingleton<WebhookClaims>().AddSingleton<WebhookCall>().AddSingleton<WebhookSender>();
        services.AddScoped<WebhookOutbox>().AddScoped<WebhookQueue>();
        if (ProcessRole.Of(configuration).RunsWork) services.AddHostedService<WebhookWorker>();
        return services;
    }
}
