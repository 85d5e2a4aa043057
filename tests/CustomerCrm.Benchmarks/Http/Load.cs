using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>Sends requests over so many kept-alive connections, one at a time on each, and counts the answers. As little client as possible: it shares the processors with the server.</summary>
internal static class Load
{
    private const int Unknown = -2, Chunked = -1;
    private static readonly byte[] headersEnd = "\r\n\r\n"u8.ToArray();

    /// <param name="port">On 127.0.0.1.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="time">For how long.</param>
    /// <param name="request">The next request, whole.</param>
    /// <returns>Answers a second.</returns>
    /// <exception cref="InvalidOperationException">An answer was no success.</exception>
    public static async Task<double> RunAsync(int port, int connections, TimeSpan time, Func<byte[]> request)
    {
        using var stop = new CancellationTokenSource(time);
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => ConnectionAsync(port, request, stop.Token))));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<int> ConnectionAsync(int port, Func<byte[]> request, CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), CancellationToken.None);
        var buffer = new byte[256 << 10];
        var count = 0;
        while (!stop.IsCancellationRequested)
        {
            await socket.SendAsync(request());
            await ReadAnswerAsync(socket, buffer);
            count++;
        }
        return count;
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var (length, whole) = (0, Unknown);
        do
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0) throw new InvalidOperationException("The server closed the connection.");
            length += read;
            if (whole == Unknown && buffer.AsSpan(0, length).IndexOf(headersEnd) is var end and >= 0) whole = WholeLength(buffer, length, end);
        }
        while (whole == Unknown || (whole == Chunked ? !buffer.AsSpan(0, length).EndsWith("0\r\n\r\n"u8) : length < whole));
    }

    private static int WholeLength(byte[] buffer, int length, int end)
    {
        var head = Encoding.ASCII.GetString(buffer, 0, end);
        if (head[9] != '2') throw new InvalidOperationException(head + "\n" + Encoding.UTF8.GetString(buffer, end, length - end));
        var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return Chunked;
        var digits = head.AsSpan(at + 16);
        var line = digits.IndexOf('\r');
        return end + 4 + int.Parse(line < 0 ? digits : digits[..line], CultureInfo.InvariantCulture);
    }

    public static byte[] Get(string path, string? key = null) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Bearer(key)}\r\n");

    public static byte[] Post(string path, string body, string? key = null, string? idempotencyKey = null) =>
        Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{Bearer(key)}{(idempotencyKey is null ? "" : $"Idempotency-Key: {idempotencyKey}\r\n")}\r\n{body}");

    private static string Bearer(string? key) => key is null ? "" : $"Authorization: Bearer {key}\r\n";
}
