using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

// The namespace that all others lie in: what is found here goes before the framework's methods of the same names, so that a
// route cannot be mapped the slow way by mistake.
#pragma warning disable IDE0130
namespace CustomerCrm;
#pragma warning restore IDE0130

/// <summary>
/// <c>MapGet</c> and its like as the framework has them, but the code that binds a request to its handler is compiled at the first
/// request for that route. It takes milliseconds for each, and a start would otherwise wait for hundreds that nobody has asked for.
/// What a route says of itself is still read at the start, and a handler that cannot be bound still fails there.
/// </summary>
public static class LateRoutes
{
    private static readonly string[] get = [HttpMethods.Get], post = [HttpMethods.Post], put = [HttpMethods.Put], patch = [HttpMethods.Patch], delete = [HttpMethods.Delete];

    public static RouteHandlerBuilder MapGet(this IEndpointRouteBuilder routes, string pattern, Delegate handler) => Map(routes, pattern, get, handler);

    public static RouteHandlerBuilder MapPost(this IEndpointRouteBuilder routes, string pattern, Delegate handler) => Map(routes, pattern, post, handler);

    public static RouteHandlerBuilder MapPut(this IEndpointRouteBuilder routes, string pattern, Delegate handler) => Map(routes, pattern, put, handler);

    public static RouteHandlerBuilder MapPatch(this IEndpointRouteBuilder routes, string pattern, Delegate handler) => Map(routes, pattern, patch, handler);

    public static RouteHandlerBuilder MapDelete(this IEndpointRouteBuilder routes, string pattern, Delegate handler) => Map(routes, pattern, delete, handler);

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder routes, string pattern, string[] methods, Delegate handler) =>
        RouteHandlerServices.Map(routes, pattern, handler, methods, RequestDelegateFactory.InferMetadata, (handled, options, known) =>
        {
            var late = new LateHandler(() => RequestDelegateFactory.Create(handled, options, known).RequestDelegate);
            return new RequestDelegateResult(late.InvokeAsync, known?.EndpointMetadata ?? []);
        });

    /// <summary>A handler whose binding is compiled when it is first asked for, once.</summary>
    internal sealed class LateHandler(Func<RequestDelegate> compile)
    {
        private readonly Lazy<RequestDelegate> compiled = new(compile);

        public bool IsCompiled => compiled.IsValueCreated;

        public Task InvokeAsync(HttpContext http) => compiled.Value(http);
    }
}
