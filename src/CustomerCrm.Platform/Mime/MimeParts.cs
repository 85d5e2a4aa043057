using System.Text;

namespace CustomerCrm.Platform.Mime;

/// <summary>The parts of a multipart body (RFC 2046, 5.1.1), found in one pass.</summary>
internal static class MimeParts
{
    public static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body, string boundary)
    {
        var (parts, delimiter) = (new List<ReadOnlyMemory<byte>>(), Encoding.UTF8.GetBytes("--" + boundary));
        var (at, partAt) = (0, -1);
        while (at <= body.Length)
        {
            var end = body.Span[at..].IndexOf((byte)'\n');
            var line = body.Span.Slice(at, end < 0 ? body.Length - at : end);
            if (line.StartsWith(delimiter) && IsEnd(line[delimiter.Length..], out var isLast))
            {
                if (partAt >= 0) parts.Add(WithoutBreak(body[partAt..at]));
                partAt = end < 0 ? body.Length : at + end + 1;
                if (isLast) return parts;
            }
            if (end < 0) break;
            at += end + 1;
        }
        if (partAt >= 0 && partAt < body.Length) parts.Add(body[partAt..]); // cut off on its way
        return parts;
    }

    // Behind the boundary: "--" where it is the last one, and white space.
    private static bool IsEnd(ReadOnlySpan<byte> rest, out bool isLast)
    {
        isLast = rest.StartsWith("--"u8);
        return (isLast ? rest[2..] : rest).Trim(" \t\r"u8).Length == 0;
    }

    // The line break before a boundary belongs to the boundary.
    private static ReadOnlyMemory<byte> WithoutBreak(ReadOnlyMemory<byte> part)
    {
        if (part.Length > 0 && part.Span[^1] == '\n') part = part[..^1];
        return part.Length > 0 && part.Span[^1] == '\r' ? part[..^1] : part;
    }
}
