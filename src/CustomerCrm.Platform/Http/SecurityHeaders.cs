using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Http;

/// <summary>What every answer says to browsers and caches: these are somebody's customers.</summary>
internal static class SecurityHeaders
{
    public static void Add(HttpResponse response)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        if (response.HttpContext.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
    }
}
