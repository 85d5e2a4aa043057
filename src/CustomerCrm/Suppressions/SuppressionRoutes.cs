namespace CustomerCrm.Suppressions;

public static class SuppressionRoutes
{
    public static IServiceCollection AddSuppressions(this IServiceCollection services) => services.AddSingleton<SuppressionKey>();
}
