using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Tenant;

internal static class TenantRoutes
{
    /// <summary>The settings of the data set that the key belongs to: name, time zone, currency, locale.</summary>
    public static void MapTenant(this IEndpointRouteBuilder api)
    {
        var tenant = api.MapGroup("/tenant").WithTags("Tenant");

        tenant.MapGet("/", ShowTenant).Needs("tenant:read").Describe("Show the tenant",
            "The settings of the data set that the key belongs to: a live key shows the live ones, a test key those of the test data.");
        tenant.MapPatch("/", ChangeTenant.Handle).Needs("tenant:write").Describe("Change the tenant",
            "Absent members stay as they are. A new time zone moves the days and months of every report, and with a new first day of the week whoever is in a segment that asks for days of the calendar; the currency can only change before the first order (409 `currency_in_use`), since spend is stated in it; an order in the recycle bin counts until it is purged.");
    }

    public static IServiceCollection AddTenant(this IServiceCollection services) =>
        services.AddSingleton<RecentSettings>().AddScoped<CurrentSettings>();

    // Read afresh, not from what is remembered: the answer's ETag is what If-Match is compared with.
    internal static async Task<TenantSettings> ShowTenant(TenantDb db, CancellationToken ct) =>
        (await db.FindAsync<TenantSettings>(TenantSettings.OfTenant, null, ct))!;
}
