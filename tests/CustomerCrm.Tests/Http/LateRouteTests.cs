using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Http;

public class LateRouteTests
{
    [Test]
    public void Every_route_waits_with_its_binding_for_the_first_request()
    {
        var early = TestApi.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>()?.DeclaringType?.Namespace?.StartsWith("CustomerCrm", StringComparison.Ordinal) == true)
            .Where(endpoint => endpoint.RequestDelegate!.Target is not LateRoutes.LateHandler)
            .Select(endpoint => endpoint.RoutePattern.RawText);

        Assert.That(early, Is.Empty);
    }

    [Test]
    public async Task A_binding_is_compiled_once_and_only_when_it_is_asked_for()
    {
        var compiled = 0;
        var late = new LateRoutes.LateHandler(() =>
        {
            Interlocked.Increment(ref compiled);
            return _ => Task.CompletedTask;
        });
        Assert.That(late.IsCompiled, Is.False);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => late.InvokeAsync(new DefaultHttpContext()))));

        Assert.That((late.IsCompiled, compiled), Is.EqualTo((true, 1)));
    }

    [Test]
    public void A_handler_that_cannot_be_bound_stops_the_program_at_its_start()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/broken", (Unbindable body, Unbindable second) => "never");

        Assert.That(() => ((IEndpointRouteBuilder)app).DataSources.Single().Endpoints, Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_method_that_a_route_does_not_have_is_still_405()
    {
        var acme = await TestTenant.NewAsync();

        Assert.That((await acme.Http.DeleteAsync("/v1/me")).StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    private sealed record Unbindable(string Name);
}
