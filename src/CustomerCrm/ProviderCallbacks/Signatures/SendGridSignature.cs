using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CustomerCrm.ProviderCallbacks.Signatures;

/// <summary>The signature of SendGrid's event webhook: ECDSA over P-256 and SHA-256, in DER and base64, of the timestamp and the body as it came.</summary>
internal static class SendGridSignature
{
    public const string Header = "X-Twilio-Email-Event-Webhook-Signature", TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    // It tries for a day; what is older is somebody's copy, and what is known of its events may be forgotten.
    private static readonly TimeSpan oldest = TimeSpan.FromDays(2);

    /// <param name="publicKey">SubjectPublicKeyInfo in base64.</param>
    /// <param name="signature">As it was sent.</param>
    /// <param name="timestamp">As it was sent: seconds since 1970.</param>
    /// <param name="body">As it came.</param>
    /// <param name="now">For the age.</param>
    public static bool IsRight(string publicKey, string? signature, string? timestamp, byte[] body, DateTimeOffset now)
    {
        var der = new byte[200];
        if (signature is null || !Convert.TryFromBase64String(signature, der, out var length)) return false;
        if (timestamp is null || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || !IsFresh(seconds, now)) return false;
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        return key.VerifyData([.. Encoding.UTF8.GetBytes(timestamp), .. body], der.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static bool IsFresh(long seconds, DateTimeOffset now) => seconds < 253_402_300_800 && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= oldest;
}
