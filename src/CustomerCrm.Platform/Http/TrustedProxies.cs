using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Http;

/// <summary>Behind proxies that are named, the caller's own address is the one they say; limits on sign-in go by it.</summary>
internal static class TrustedProxies
{
    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app)
    {
        var trusted = app.ApplicationServices.GetRequiredService<IOptions<PublicOptions>>().Value.TrustedProxies;
        if (trusted.Count == 0) return app;

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in trusted)
            if (TryRead(proxy, out var network)) options.KnownIPNetworks.Add(network);
        return app.UseForwardedHeaders(options);
    }

    /// <summary>An address, or a network: <c>10.0.0.0/8</c>.</summary>
    public static bool TryRead(string proxy, out System.Net.IPNetwork network)
    {
        if (proxy.Contains('/', StringComparison.Ordinal)) return System.Net.IPNetwork.TryParse(proxy, out network);
        network = IPAddress.TryParse(proxy, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8) : default;
        return address is not null;
    }
}
