using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Access;

/// <summary>
/// Where a request comes from, as far as limits go: an IPv4 address, or the /64 of an IPv6 one, since that much is one
/// household's. Behind a proxy it is the proxy's, unless <c>Public:TrustedProxies</c> names it.
/// </summary>
public static class ClientAddress
{
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    internal static string Of(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork) return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }
}
