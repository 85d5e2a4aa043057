using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace CustomerCrm.Tests;

/// <summary>The test server has no network, so each client says where it would be calling from: limits by address stay apart as tenants do.</summary>
internal sealed class CallerAddress : IStartupFilter
{
    public const string Header = "X-Test-Address";
    private static int last;

    public static string New() => new IPAddress(0x0A00_0000u | (uint)Interlocked.Increment(ref last)).MapToIPv6().ToString();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, following) =>
        {
            if (http.Request.Headers[Header] is { Count: 1 } said) http.Connection.RemoteIpAddress = IPAddress.Parse(said.ToString());
            return following(http);
        });
        next(app);
    };
}
