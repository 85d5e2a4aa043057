using System.Security.Cryptography;
using System.Text;

namespace CustomerCrm.InboundHooks;

/// <summary>Whether a body is signed with a secret: HMAC-SHA256 (RFC 2104), compared in constant time. Pure.</summary>
internal static class HookSecret
{
    public static bool Signs(string secret, ReadOnlySpan<byte> body, HookSignature how, string? sent)
    {
        if (sent is null || !sent.StartsWith(how.Prefix, StringComparison.Ordinal)) return false;
        return Signs(secret, body, sent[how.Prefix.Length..].Trim(), how.Encoding);
    }

    public static bool Signs(string secret, ReadOnlySpan<byte> body, string? signature, SignatureEncoding encoding)
    {
        if (signature is null || signature.Length > 200) return false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes], given = stackalloc byte[200];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
        var length = 0;
        var isRead = encoding == SignatureEncoding.Base64
            ? Convert.TryFromBase64String(signature, given, out length)
            : Convert.FromHexString(signature, given, out _, out length) == System.Buffers.OperationStatus.Done;
        return isRead && CryptographicOperations.FixedTimeEquals(expected, given[..length]);
    }
}
