using CustomerCrm.Links;
using CustomerCrm.Platform.Access.Limits;

namespace CustomerCrm.Preferences;

public static class PreferenceRoutes
{
    public static IServiceCollection AddPreferences(this IServiceCollection services) => services
        .AddScoped<Visits>().AddScoped<PreferenceSheets>().AddScoped<SavePreferences>().AddScoped<UnsubscribePage>().AddScoped<OptInPage>();

    /// <summary>
    /// The pages that links in messages lead to. They stand outside the API: a signed link is all that opens them, so they take no key, no JSON and no
    /// <c>Idempotency-Key</c>, and doing anything there twice does it once.
    /// </summary>
    public static void MapPreferences(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").LimitsAddresses();
        pages.MapGet(CustomerLinks.PreferencesPath + "/{token}", ShowPreferences.Handle);
        pages.MapPost(CustomerLinks.PreferencesPath + "/{token}", SavePreferences.Handle);
        pages.MapGet(CustomerLinks.OptInPath + "/{token}", OptInPage.Show);
        pages.MapPost(CustomerLinks.OptInPath + "/{token}", OptInPage.Handle);
        pages.MapGet(CustomerLinks.UnsubscribePath + "/{token}", UnsubscribePage.Show);
        pages.MapPost(CustomerLinks.UnsubscribePath + "/{token}", UnsubscribePage.Handle);
    }
}
