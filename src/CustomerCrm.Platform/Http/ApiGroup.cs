using CustomerCrm.Platform.Idempotency;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Http;

/// <summary>What holds for every route under <c>/v1</c>, wherever it is mapped.</summary>
public static class ApiGroup
{
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1");
        ((IEndpointConventionBuilder)api).Finally(MarkWrites);
        api.AddEndpointFilterFactory((endpoint, next) =>
        {
            var request = Array.FindIndex(endpoint.MethodInfo.GetParameters(), p => p.Name == "request");
            var write = endpoint.ApplicationServices.GetRequiredService<WriteFilter>();
            return async context =>
            {
                if (request >= 0 && context.Arguments[request] is { } body) RequestRules.Check(body);
                return context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<WriteMarker>() is null
                    ? ReadAnswers.Of(await next(context), context.HttpContext)
                    : await write.InvokeAsync(context, next);
            };
        });
        return api;
    }

    private static void MarkWrites(EndpointBuilder endpoint)
    {
        var methods = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
        var writes = methods.Any(m => !HttpMethods.IsGet(m) && !HttpMethods.IsHead(m)) && !endpoint.Metadata.Any(m => m is ReadsOnlyMarker or OwnTransactionMarker);
        if (writes) endpoint.Metadata.Add(new WriteMarker(endpoint.Metadata.OfType<NeedsKeyMarker>().Any()));
    }
}
