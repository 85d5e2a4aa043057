using System.Globalization;
using System.Text;

namespace CustomerCrm.Platform.Outbound.Smtp;

/// <summary>Commands and replies of SMTP (RFC 5321, 4.2), bounded: a server may say anything, for as long as it likes.</summary>
internal sealed class SmtpLines(Stream stream)
{
    private const int LongestLine = 1000, MostLines = 60;

    private readonly byte[] buffer = new byte[4096];
    private int start, end;

    /// <summary>Something came that was not asked for: before TLS, somebody in between may have put it there.</summary>
    public bool HasUnread => end > start;

    public Task WriteAsync(string line, CancellationToken ct) => WriteBytesAsync(Encoding.ASCII.GetBytes(line + "\r\n"), ct);

    public async Task WriteBytesAsync(byte[] bytes, CancellationToken ct)
    {
        await stream.WriteAsync(bytes, ct);
        await stream.FlushAsync(ct);
    }

    /// <exception cref="IOException">The connection ended, or what came is no reply.</exception>
    public async Task<SmtpReply> ReadAsync(CancellationToken ct)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await ReadLineAsync(ct);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 200 or > 599) throw new IOException("Not a reply of SMTP.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-') return new SmtpReply(code, lines);
        }
        throw new IOException("A reply without end.");
    }

    private async Task<string> ReadLineAsync(CancellationToken ct)
    {
        var line = new StringBuilder();
        while (line.Length <= LongestLine)
        {
            if (start == end)
            {
                (start, end) = (0, await stream.ReadAsync(buffer, ct));
                if (end == 0) throw new IOException("The connection ended.");
            }
            var c = (char)buffer[start++];
            if (c == '\n') return line.ToString().TrimEnd('\r');
            line.Append(c);
        }
        throw new IOException("A line without end.");
    }
}

/// <param name="Code">Three digits: 2yz done, 3yz go on, 4yz not now, 5yz never.</param>
/// <param name="Lines">What stands behind it, for nobody but this client.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsGood => Code is >= 200 and < 400;
}
