namespace CustomerCrm.Channels;

internal static class ChannelRoutes
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services.AddScoped<ChannelReader>();
}
