using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Http;

/// <summary>What was read, with the headers that go with it: ETag and 304 for a resource, Link for a page.</summary>
internal static class ReadAnswers
{
    public static object? Of(object? result, HttpContext http) => WithHeaders(result, http) switch
    {
        null => null,
        IResult outcome => outcome,
        var value => new Whole(value),
    };

    private static object? WithHeaders(object? result, HttpContext http)
    {
        switch (JsonBody.ValueOf(result))
        {
            case IVersioned versioned:
                var tag = ETag.Of(versioned.Revision);
                http.Response.Headers.ETag = tag;
                var isFresh = HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch is { Count: > 0 } known && ETag.ListsWeakly(known.ToString(), tag);
                return isFresh ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : result;
            case IPage { NextLink: { } next }:
                http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
                return result;
            default:
                return result;
        }
    }

    private sealed class Whole(object value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => JsonBody.WriteAsync(httpContext.Response, JsonBody.Of(value));
    }
}
