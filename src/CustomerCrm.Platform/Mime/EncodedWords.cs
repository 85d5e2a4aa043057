using System.Text;

namespace CustomerCrm.Platform.Mime;

/// <summary>Words of other alphabets in headers (RFC 2047): <c>=?utf-8?B?R3LDvMOfZQ==?=</c>.</summary>
internal static class EncodedWords
{
    private const int MostBytes = 42; // in base64 and with its frame: under the 75 characters that one word may have

    /// <summary>As it is where it is ASCII; else as words of UTF-8, none of which ends within a character.</summary>
    public static string Write(string value) => HeaderText.IsAscii(value) && !value.Contains("=?", StringComparison.Ordinal) ? value : string.Join("\r\n ", WordsOf(value));

    /// <summary>What people should see. A word that cannot be read stays as it came.</summary>
    public static string Read(string value)
    {
        var (text, at, wasWord) = (new StringBuilder(value.Length), 0, false);
        while (at < value.Length)
        {
            var start = value.IndexOf("=?", at, StringComparison.Ordinal);
            if (start < 0) break;
            var between = value[at..start];
            if (TryReadWord(value, start, out var decoded, out var end))
            {
                if (!wasWord || !string.IsNullOrWhiteSpace(between)) text.Append(between); // white space between two words is not shown
                text.Append(decoded);
                (at, wasWord) = (end, true);
            }
            else
            {
                text.Append(between).Append("=?");
                (at, wasWord) = (start + 2, false);
            }
        }
        return text.Append(value.AsSpan(Math.Min(at, value.Length))).ToString();
    }

    private static IEnumerable<string> WordsOf(string value)
    {
        var bytes = new List<byte>(MostBytes);
        var buffer = new byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(buffer);
            if (bytes.Count + length > MostBytes)
            {
                yield return Word(bytes);
                bytes.Clear();
            }
            bytes.AddRange(buffer.AsSpan(0, length));
        }
        yield return Word(bytes);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";

    private static bool TryReadWord(string value, int start, out string decoded, out int end)
    {
        (decoded, end) = ("", 0);
        var charsetEnd = value.IndexOf('?', start + 2);
        if (charsetEnd < 0 || charsetEnd + 2 >= value.Length || value[charsetEnd + 2] != '?') return false;
        var close = value.IndexOf("?=", charsetEnd + 3, StringComparison.Ordinal);
        if (close < 0) return false;

        var charset = value[(start + 2)..charsetEnd].Split('*')[0]; // RFC 2231 may add a language
        var text = value[(charsetEnd + 3)..close];
        var bytes = char.ToUpperInvariant(value[charsetEnd + 1]) switch
        {
            'B' => TransferEncodings.Base64(Encoding.ASCII.GetBytes(text)),
            'Q' => TransferEncodings.QuotedPrintable(Encoding.ASCII.GetBytes(text.Replace('_', ' '))),
            _ => null,
        };
        if (bytes is null) return false;
        (decoded, end) = (Charsets.Of(charset).GetString(bytes), close + 2);
        return true;
    }
}
