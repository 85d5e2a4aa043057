using System.Net;
using System.Net.Sockets;

namespace CustomerCrm.Platform.Outbound.Web;

/// <summary>
/// Which addresses may be reached for a tenant that named the host: only those of the public Internet. Special-purpose blocks (RFC 6890
/// and the IANA registries), what a cloud keeps for its own servers, and ways to write an IPv4 address in IPv6 are refused, whatever is inside.
/// </summary>
public static class AddressGuard
{
    private static readonly IPNetwork[] refused = [.. new[]
    {
        "0.0.0.0/8", // this network
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private, RFC 1918
        "100.64.0.0/10", // carriers' NAT, RFC 6598
        "127.0.0.0/8", // this machine
        "168.63.129.16/32", // Azure's wire server
        "169.254.0.0/16", // link-local, with the metadata of most clouds
        "192.0.0.0/24", // IETF protocols, with Oracle's 192.0.0.192
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation
        "192.88.99.0/24", // 6to4 relays
        "198.18.0.0/15", // benchmarks
        "224.0.0.0/4", // multicast
        "240.0.0.0/4", // reserved, and broadcast
        "::/96", // unspecified, loopback, IPv4-compatible
        "::ffff:0:0/96", // IPv4-mapped; judged by what is inside before this is asked
        "64:ff9b::/96", "64:ff9b:1::/48", // NAT64
        "100::/64", // discard-only
        "2001::/32", // Teredo
        "2001:2::/48", "2001:3::/32", "2001:10::/28", "2001:20::/28", // benchmarks, AMT, ORCHID
        "2001:db8::/32", "3fff::/20", // documentation
        "2002::/16", // 6to4
        "5f00::/16", // segment routing
        "fc00::/7", // unique local
        "fe80::/10", "fec0::/10", // link-local, site-local
        "ff00::/8", // multicast
    }.Select(network => IPNetwork.Parse(network))];

    /// <returns>False: it is inside somebody's network, or no address of one machine.</returns>
    public static bool MayReach(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0) return false;
        var judged = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(refused, network => network.Contains(judged));
    }
}
