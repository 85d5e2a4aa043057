using System.Security.Cryptography;
using System.Text;

namespace CustomerCrm.Platform.Access.Keys;

/// <summary>What a key is for: a program of a tenant's live data or of its test data, the operator of the installation, or a person.</summary>
public enum ApiKeyKind
{
    Live,
    Test,
    Operator,

    /// <summary>For pages that see live data: everyone can read it, so it may do little.</summary>
    PublishableLive,
    PublishableTest,

    /// <summary>A person who is signed in; lives for minutes.</summary>
    User,

    /// <summary>For a new <see cref="User"/> token, once. Never sent as a bearer.</summary>
    Refresh,

    /// <summary>Came by mail to whoever is invited, and opens nothing but that invitation.</summary>
    Invitation,

    /// <summary>Came by mail to whoever signs up, once. Never sent as a bearer.</summary>
    Signup,

    /// <summary>Came by mail to whoever forgot a password, once. Never sent as a bearer.</summary>
    PasswordReset,
}

/// <summary>
/// The text of a key: its kind, 30 random base62 characters (178 bits) and 6 of checksum, the CRC-32 of all that precedes.
/// A mistyped key is so refused without asking the database, and a scanner tells a real key from its like.
/// </summary>
public static class ApiKeyText
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    // In the order of ApiKeyKind.
    private static readonly string[] prefixes = ["crm_live_", "crm_test_", "crm_operator_", "crm_pub_live_", "crm_pub_test_", "crm_user_", "crm_refresh_", "crm_invite_", "crm_signup_", "crm_reset_"];

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

    /// <summary>The hash of a key of this kind; null for any other text, by its form and checksum alone.</summary>
    internal static byte[]? TryHash(string? text, ApiKeyKind kind) => TryRead(text, out var read, out var hash) && read == kind ? hash.ToBytes() : null;

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
        for (kind = ApiKeyKind.Live; (int)kind < prefixes.Length; kind++)
            if (text.StartsWith(PrefixOf(kind))) return text.Length == PrefixOf(kind).Length + RandomLength + ChecksumLength;
        return false;
    }

    private static string PrefixOf(ApiKeyKind kind) => prefixes[(int)kind];

    private static void Write(uint number, Span<char> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--, number /= 62) digits[i] = Base62[(int)(number % 62)];
    }
}
