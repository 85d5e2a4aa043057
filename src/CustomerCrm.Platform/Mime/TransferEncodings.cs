using System.Globalization;
using System.Text;

namespace CustomerCrm.Platform.Mime;

/// <summary>Bytes as lines of ASCII, and back (RFC 2045, 6). Reading takes what real mail programs send, and never fails.</summary>
internal static class TransferEncodings
{
    private const int LongestLine = 76;

    /// <summary>Text of any length as lines of at most 76 characters that end in CRLF.</summary>
    public static string WriteQuotedPrintable(string text)
    {
        var (written, column) = (new StringBuilder(text.Length + 64), 0);
        var bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n')
            {
                written.Append("\r\n");
                column = 0;
                continue;
            }
            var isLast = i + 1 == bytes.Length || bytes[i + 1] == '\n';
            var isPlain = bytes[i] is >= 33 and <= 126 and not (byte)'=' || (bytes[i] is (byte)' ' or (byte)'\t' && !isLast);
            var width = isPlain ? 1 : 3;
            if (column + width > LongestLine - 1)
            {
                written.Append("=\r\n");
                column = 0;
            }
            if (isPlain) written.Append((char)bytes[i]);
            else written.Append(CultureInfo.InvariantCulture, $"={bytes[i]:X2}");
            column += width;
        }
        return written.ToString();
    }

    public static byte[] QuotedPrintable(ReadOnlySpan<byte> encoded)
    {
        var bytes = new List<byte>(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '=')
            {
                bytes.Add(encoded[i]);
                continue;
            }
            if (i + 2 < encoded.Length && encoded[i + 1] == '\r' && encoded[i + 2] == '\n') i += 2;
            else if (i + 1 < encoded.Length && encoded[i + 1] == '\n') i++;
            else if (i + 2 < encoded.Length && byte.TryParse(encoded.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else if (i + 1 < encoded.Length) bytes.Add((byte)'=');
        }
        return [.. bytes];
    }

    /// <summary>Up to the first character that belongs to no group of four.</summary>
    public static byte[] Base64(ReadOnlySpan<byte> encoded)
    {
        var clean = new byte[encoded.Length];
        var length = 0;
        foreach (var b in encoded)
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/') clean[length++] = b;
        if (length % 4 == 1) length--;
        var padded = new byte[(length + 3) / 4 * 4];
        clean.AsSpan(0, length).CopyTo(padded);
        padded.AsSpan(length).Fill((byte)'=');
        var bytes = new byte[padded.Length / 4 * 3];
        System.Buffers.Text.Base64.DecodeFromUtf8(padded, bytes, out _, out var written);
        return bytes[..written];
    }
}
