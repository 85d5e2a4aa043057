using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Providers.Tests;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Providers;

public static class ProviderRoutes
{
    internal static readonly ListOf<Provider> List = ListOf<Provider>.From(Provider.Matching, "p.Id", provider => provider.Id.ToBytes())
        .SortedBy("created_at", "p.CreatedAt", provider => provider.CreatedAt);

    public static IServiceCollection AddProviders(this IServiceCollection services) => services
        .AddScoped<ProviderSecrets>().AddScoped<ProviderWriter>().AddScoped<CallbackAddresses>().AddScoped<IProviderAccounts, TenantProviders>()
        .AddJob<SendProviderTestJob, SendProviderTest>();

    /// <summary>The accounts through which a tenant sends e-mail and text messages.</summary>
    public static void MapProviders(this IEndpointRouteBuilder api)
    {
        var providers = api.MapGroup("/providers").WithTags("Providers");

        providers.MapGet("/", ListProviders).Needs("providers:read").Lists(List).Describe("List providers",
            "The accounts of the caller's data set, one for each channel at most. Channels without one send through the installation's.");
        providers.MapPost("/", ConnectProvider.Handle).Needs("providers:write").MayAnswer(409, "provider_exists").Describe("Connect a provider",
            "Messages of its channel go through it from now on. Secrets are sealed for this account and are in no answer, event or replay. Where SendGrid and Twilio are is the operator's setting; a mail server must be on the public Internet. Try it with a test.");
        providers.MapGet("/{provider_id}", Show).WithName("ShowProvider").Needs("providers:read").Describe("Show a provider",
            "Its settings without the secret. Its `ETag` is its revision, for `If-Match`.");
        providers.MapPatch("/{provider_id}", ChangeProvider.Handle).Needs("providers:write").Describe("Change a provider",
            "Absent members stay, null clears. Its kind does not change; another server or account needs its secret again.");
        providers.MapDelete("/{provider_id}", ChangeProvider.Remove).WithName("RemoveProvider").Needs("providers:write").Describe("Disconnect a provider",
            "Its secret is gone, and its callback addresses answer 404 from then on. Messages of its channel go through the installation's provider, if there is one.");
        providers.MapGet("/{provider_id}/callbacks", ShowCallbacks).WithName("ShowProviderCallbacks").Needs("providers:read").Describe("Show callback addresses",
            "What to set at the provider, so that deliveries, bounces, complaints and answers come back. Apart from the provider itself, because whoever knows them can use them.");
        providers.MapPost("/{provider_id}/tests", StartProviderTest.Handle).Needs("providers:write").NeedsIdempotencyKey().Describe("Test a provider",
            "Sends a short message to the address of who is signed in, or to one of the account's `test_recipients`. It is no message to a customer, so no consent is asked for. 202: look at the test until it has a result.");
        providers.MapGet("/{provider_id}/tests/{provider_test_id}", StartProviderTest.Show).WithName("ShowProviderTest").Needs("providers:read").Describe("Show a test",
            "What came of it. `unknown`: the provider's answer was lost, so it may have arrived.");
    }

    internal static Task<Page<Provider>> ListProviders(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<Provider> Show([FromRoute(Name = "provider_id")] Id<Provider> providerId, TenantDb db, CancellationToken ct) => Provider.FindAsync(providerId, db, ct);

    internal static async Task<CallbackUrls> ShowCallbacks([FromRoute(Name = "provider_id")] Id<Provider> providerId, TenantDb db, CallbackAddresses addresses, CancellationToken ct) =>
        addresses.Of(await Provider.FindAsync(providerId, db, ct));
}
