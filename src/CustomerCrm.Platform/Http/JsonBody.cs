using System.Text.Json;
using CustomerCrm.Platform.Json;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Http;

/// <summary>Bodies in one piece, with their length: quicker than the framework's way of serializing into the connection.</summary>
internal static class JsonBody
{
    public const string Json = "application/json; charset=utf-8", Problem = "application/problem+json";

    public static byte[] Of(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), StrictJson.Options);

    /// <summary>What a handler's result says, within its status and headers or by itself.</summary>
    public static object? ValueOf(object? result) => result is IValueHttpResult valued ? valued.Value : result;

    public static async Task WriteAsync(HttpResponse response, byte[] body, string contentType = Json)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
    }
}
