using System.Security.Cryptography;
using System.Text;

namespace CustomerCrm.Platform.Access;

/// <summary>Whose key it is: one of a tenant's live data, one of its test data, or the operator's of the installation.</summary>
public enum ApiKeyKind
{
    Live,
    Test,
    Operator,

    /// <summary>For pages that see live data: everyone can read it, so it may do little.</summary>
    PublishableLive,
    PublishableTest,
}

/// <summary>
/// The text of a key: its kind, 30 random base62 characters (178 bits) and 6 of checksum, the CRC-32 of all that precedes.
/// A mistyped key is so refused without asking the database, and a scanner tells a real key from its like.
/// </summary>
public static class ApiKeyText
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Live = "crm_live_", Test = "crm_test_", Operator = "crm_operator_", PublishableLive = "crm_pub_live_", PublishableTest = "crm_pub_test_";
    private const int RandomLength = 30, ChecksumLength = 6;
    private const int Longest = 13 + RandomLength + ChecksumLength;

    public static string Make(ApiKeyKind kind)
    {
        var body = PrefixOf(kind) + RandomNumberGenerator.GetString(Base62, RandomLength);
        Span<char> checksum = stackalloc char[ChecksumLength];
        Write(Crc32.Of(Encoding.ASCII.GetBytes(body)), checksum);
        return $"{body}{checksum}";
    }

    /// <summary>What a person recognises the key by: its beginning and its last four characters. Of no use to anyone else.</summary>
    public static string HintOf(string key) => $"{key[..(key.LastIndexOf('_') + 3)]}…{key[^4..]}";

    /// <summary>All that is stored of the key.</summary>
    public static byte[] HashOf(string key) => KeyHash.Of(Encoding.ASCII.GetBytes(key)).ToBytes();

    /// <summary>Whether the text is a key at all, by its form and checksum alone; and if so its kind and hash.</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, out ApiKeyKind kind, out KeyHash hash)
    {
        hash = default;
        if (!TryReadKind(text, out kind)) return false;

        Span<byte> bytes = stackalloc byte[Longest];
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] != '_') return false;
            bytes[i] = (byte)text[i];
        }
        bytes = bytes[..text.Length];

        Span<char> checksum = stackalloc char[ChecksumLength];
        Write(Crc32.Of(bytes[..^ChecksumLength]), checksum);
        if (!checksum.SequenceEqual(text[^ChecksumLength..])) return false;

        hash = KeyHash.Of(bytes);
        return true;
    }

    private static bool TryReadKind(ReadOnlySpan<char> text, out ApiKeyKind kind)
    {
        kind = text.StartsWith(Live) ? ApiKeyKind.Live
            : text.StartsWith(Test) ? ApiKeyKind.Test
            : text.StartsWith(PublishableLive) ? ApiKeyKind.PublishableLive
            : text.StartsWith(PublishableTest) ? ApiKeyKind.PublishableTest
            : ApiKeyKind.Operator;
        var prefix = PrefixOf(kind);
        return text.Length == prefix.Length + RandomLength + ChecksumLength && text.StartsWith(prefix);
    }

    private static string PrefixOf(ApiKeyKind kind) => kind switch
    {
        ApiKeyKind.Live => Live,
        ApiKeyKind.Test => Test,
        ApiKeyKind.PublishableLive => PublishableLive,
        ApiKeyKind.PublishableTest => PublishableTest,
        _ => Operator,
    };

    private static void Write(uint number, Span<char> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--, number /= 62) digits[i] = Base62[(int)(number % 62)];
    }
}
