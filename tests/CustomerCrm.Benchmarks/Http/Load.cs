using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>
/// Sends requests over so many kept-alive connections, one at a time on each, and counts the answers. As little client as possible, since it shares
/// the processors with the server: one thread, which asks the system for all connections at once which have something to read.
/// </summary>
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
    public static Task<double> RunAsync(int port, int connections, TimeSpan time, Func<byte[]> request) =>
        Task.Factory.StartNew(() => Run(port, connections, time, request), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static double Run(int port, int connections, TimeSpan time, Func<byte[]> request)
    {
        var open = Enumerable.Range(0, connections).Select(_ => new Connection(port)).ToDictionary(connection => connection.Socket);
        var (watch, count, answered) = (Stopwatch.StartNew(), 0, new List<Socket>(connections));
        foreach (var connection in open.Values) connection.Ask(request());
        while (open.Count > 0)
        {
            answered.Clear();
            answered.AddRange(open.Keys);
            Socket.Select(answered, null, null, Timeout.InfiniteTimeSpan);
            foreach (var socket in answered)
            {
                if (!open[socket].ReadSome()) continue;
                count++;
                if (watch.Elapsed < time) open[socket].Ask(request());
                else if (open.Remove(socket)) socket.Dispose();
            }
        }
        return count / watch.Elapsed.TotalSeconds;
    }

    private sealed class Connection
    {
        private readonly byte[] buffer = new byte[256 << 10];
        private int length, whole;

        public Connection(int port)
        {
            Socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            Socket.Connect(IPAddress.Loopback, port);
        }

        public Socket Socket { get; }

        public void Ask(byte[] request)
        {
            (length, whole) = (0, Unknown);
            Socket.Send(request);
        }

        /// <returns>Whether the answer is there, all of it.</returns>
        public bool ReadSome()
        {
            var read = Socket.Receive(buffer.AsSpan(length));
            if (read == 0) throw new InvalidOperationException("The server closed the connection.");
            length += read;
            if (whole == Unknown && buffer.AsSpan(0, length).IndexOf(headersEnd) is var end and >= 0) whole = WholeLength(buffer, length, end);
            return whole != Unknown && (whole == Chunked ? buffer.AsSpan(0, length).EndsWith("0\r\n\r\n"u8) : length >= whole);
        }
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
