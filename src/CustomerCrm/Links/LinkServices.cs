namespace CustomerCrm.Links;

public static class LinkServices
{
    /// <summary>Signed links for customers. It answers no route; the pages they lead to are the preferences'.</summary>
    public static IServiceCollection AddLinks(this IServiceCollection services) => services.AddScoped<CustomerLinks>();
}
