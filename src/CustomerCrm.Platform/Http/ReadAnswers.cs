using System.Text.Json;
using CustomerCrm.Platform.Json;
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
        switch (result is IValueHttpResult valued ? valued.Value : result)
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

    /// <summary>Written in one piece with its length: that is quicker than the framework's way of serializing into the connection.</summary>
    private sealed class Whole(object value) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), StrictJson.Options);
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            httpContext.Response.ContentLength = body.Length;
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
