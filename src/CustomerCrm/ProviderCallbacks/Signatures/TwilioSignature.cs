using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CustomerCrm.ProviderCallbacks.Signatures;

/// <summary>
/// Twilio's <c>X-Twilio-Signature</c>: base64 of HMAC-SHA1, under the account's auth token, of the whole address and each parameter's name and value,
/// the names in the order of their bytes.
/// </summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    [SuppressMessage("Security", "CA5350", Justification = "Twilio signs so; as a MAC, SHA-1 is not broken.")]
    public static string Of(string url, IEnumerable<KeyValuePair<string, string>> parameters, string authToken)
    {
        var signed = new StringBuilder(url);
        foreach (var (name, value) in parameters.OrderBy(p => p.Key, StringComparer.Ordinal)) signed.Append(name).Append(value);
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed.ToString())));
    }

    /// <summary>In the same time whether the first or the last character is wrong.</summary>
    public static bool IsRight(string? sent, string url, IEnumerable<KeyValuePair<string, string>> parameters, string authToken) =>
        sent is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(Of(url, parameters, authToken)));
}
