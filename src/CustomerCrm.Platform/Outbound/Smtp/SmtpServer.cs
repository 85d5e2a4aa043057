using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace CustomerCrm.Platform.Outbound.Smtp;

/// <summary>How a mail server is reached.</summary>
/// <param name="ConnectAsync">Opens a connection; it refuses what must not be reached.</param>
/// <param name="Trusts">Null: the certificates that the machine trusts.</param>
internal sealed record SmtpServer(Func<DnsEndPoint, CancellationToken, Task<Stream>> ConnectAsync, RemoteCertificateValidationCallback? Trusts = null)
{
    /// <summary>The operator's own server may be anywhere.</summary>
    public static async Task<Stream> ConnectAnywhereAsync(DnsEndPoint host, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
