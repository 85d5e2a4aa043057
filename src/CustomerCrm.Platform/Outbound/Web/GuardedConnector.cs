using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Outbound.Web;

/// <summary>All addresses of a host. A delegate, so that tests can answer as a hostile name server would.</summary>
public delegate Task<IPAddress[]> NameResolver(string host, CancellationToken ct);

/// <summary>
/// Connects to a host that a tenant named. It resolves the name once, refuses if any of the answers is internal, and connects to exactly
/// those addresses; so a name that answers differently the second time gains nothing.
/// </summary>
public sealed class GuardedConnector(NameResolver resolve, IOptions<OutboundOptions> options)
{
    private static readonly TimeSpan patiencePerAddress = TimeSpan.FromSeconds(5);

    /// <exception cref="InternalAddressException">Some answer is not an address of the public Internet. Nothing was connected to.</exception>
    /// <exception cref="SocketException">The name has no address, or none of them answers. Nothing was sent.</exception>
    public async Task<Stream> ConnectAsync(DnsEndPoint host, CancellationToken ct)
    {
        var addresses = await AddressesAsync(host.Host, ct);
        for (var i = 0; ; i++)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(addresses[i], host.Port), ct);
            }
            catch (SocketException) when (i < addresses.Length - 1)
            {
                // The next address may answer.
            }
        }
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken ct)
    {
        var name = host.Trim('[', ']').TrimEnd('.');
        var addresses = IPAddress.TryParse(name, out var literal) ? [literal] : await resolve(name, ct);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        if (!options.Value.AllowInternal && !Array.TrueForAll(addresses, AddressGuard.MayReach)) throw new InternalAddressException();
        return addresses;
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken ct)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(patiencePerAddress);
        try
        {
            await socket.ConnectAsync(address, patience.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host that a tenant named leads into somebody's own network.</summary>
public sealed class InternalAddressException() : Exception("The host leads to an address that is not of the public Internet.");
