using CustomerCrm.Platform.Http;
using Microsoft.Net.Http.Headers;

namespace CustomerCrm.Articles.Views;

/// <summary>Pure: whether a request looks like somebody who reads. Nothing of it is kept.</summary>
internal static class ViewRequest
{
    // Words by which programs name themselves, in lower case.
    private static readonly string[] programs =
    [
        "bot", "crawl", "spider", "slurp", "preview", "facebookexternalhit", "embedly", "archiver", "monitor", "uptime", "pingdom", "lighthouse", "headless", "phantom",
        "curl", "wget", "python", "java/", "go-http-client", "okhttp", "libwww", "httpclient", "node-fetch", "axios", "postman", "scan",
    ];

    /// <returns>False: it asks for no page (HEAD), it fetches ahead of a click, or it is a program by its own name, or has none.</returns>
    public static bool IsReader(HttpContext http)
    {
        var request = http.Request;
        if (!HttpMethods.IsGet(request.Method) || HeadMiddleware.IsHead(http)) return false;
        if (IsAhead(request.Headers["Sec-Purpose"]) || IsAhead(request.Headers["Purpose"])) return false;
        var agent = request.Headers[HeaderNames.UserAgent].ToString();
        return agent.Length > 0 && !programs.Any(program => agent.Contains(program, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsAhead(string? purpose) => purpose?.Contains("prefetch", StringComparison.OrdinalIgnoreCase) == true;
}
