using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Access;

/// <summary>Every request passes here: what a key that is already known costs.</summary>
public class KnownKeyCostTests
{
    [Test]
    public async Task A_known_key_allocates_nothing()
    {
        await using var host = await AccessHost.StartAsync(settings: [("RateLimits:PerKey:RefillPerSecond", "1000000"), ("RateLimits:PerTenant:RefillPerSecond", "1000000")]);
        var acme = await host.NewAccountAsync();
        var (tenant, caller, context) = (new CurrentTenant(), new Caller(), new DefaultHttpContext());
        context.Request.Path = "/v1/customers";
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(AccessRule.Needs("customers:read", alsoFromBrowsers: false)), "customers"));
        context.Request.Headers.Authorization = $"Bearer {acme.Live.Key}";
        var middleware = ActivatorUtilities.CreateInstance<BearerAuthentication>(host.Services, (RequestDelegate)(_ => Task.CompletedTask));
        for (var i = 0; i < 500; i++) await middleware.InvokeAsync(context, tenant, caller);

        const int requests = 100_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < requests; i++)
        {
            host.Clock.Step(TimeSpan.FromMicroseconds(1)); // the bucket stays full, and all of it is too short for another look-up
            _ = middleware.InvokeAsync(context, tenant, caller);
        }
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(bytes / requests, Is.Zero);
    }
}
