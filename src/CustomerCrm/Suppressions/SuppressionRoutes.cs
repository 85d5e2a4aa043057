using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Suppressions;

public static class SuppressionRoutes
{
    public static IServiceCollection AddSuppressions(this IServiceCollection services) => services
        .AddSingleton<SuppressionKey>()
        .AddScoped(all => new SuppressionWriter(
            all.GetRequiredService<TenantDb>(), all.GetRequiredService<SuppressionKey>(), all.GetRequiredService<Caller>(), all.GetRequiredService<EventLog>(), all.GetRequiredService<TimeProvider>()));

    /// <summary>Addresses that nothing is sent to any more: they bounced, complained, said STOP, or were put here by hand.</summary>
    public static void MapSuppressions(this IEndpointRouteBuilder api)
    {
        var suppressions = api.MapGroup("/suppressions").WithTags("Suppressions");
        suppressions.MapGet("/", ListSuppressions.Handle).Needs("suppressions:read").Lists(ListSuppressions.List).ReadsCurrent().Describe("List suppressions",
            "Addresses that nothing is sent to, those added last first. The addresses themselves are not kept; `POST /v1/suppressions/check` finds one by its address.");
        suppressions.MapPost("/", AddSuppression.Handle).Needs("suppressions:write").Produces<Suppression>().Produces<Suppression>(201).Describe("Add a suppression",
            "From now on nothing is sent to this address, whoever has it and for whatever purpose. 200 answers the one there is already, unchanged. The address is kept as a keyed fingerprint only.");
        suppressions.MapPost("/check", CheckSuppression.Handle).Needs("suppressions:read").ReadsOnly().Describe("Check an address",
            "Whether an address is suppressed, and why. It is asked in the body, since addresses of people do not belong into URLs.");
        suppressions.MapGet("/{suppression_id}", ListSuppressions.Show).WithName("ShowSuppression").Needs("suppressions:read").Describe("Show a suppression",
            "One address that nothing is sent to, as far as it may be shown, and who added it and why.");
        suppressions.MapPost("/{suppression_id}/removal", RemoveSuppression.Handle).Needs("suppressions:write").Describe("Remove a suppression",
            "Messages may go to the address again. The reason is told by `suppression.removed`. It gives nobody's consent back.");
    }
}
