using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CustomerCrm.Platform.Http;

/// <summary>
/// Refuses a compressed body by its header: nothing here is unpacked, since a small body may hold a very large one. The answer says which
/// codings are taken (RFC 9110, 15.5.16).
/// </summary>
internal sealed class EncodedBodyMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var coding = http.Request.Headers.ContentEncoding;
        if (coding.Count == 0 || coding is ["" or "identity"] || http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }) return next(http);
        http.Response.Headers.AcceptEncoding = "identity";
        throw ApiProblem.Other(StatusCodes.Status415UnsupportedMediaType, "content_encoding_unsupported", "Content-Encoding: the body is compressed, and bodies are read as they are. Send it without.");
    }
}
