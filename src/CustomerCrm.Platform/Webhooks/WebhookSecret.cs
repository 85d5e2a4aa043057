using System.Security.Cryptography;
using System.Text;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>
/// The secret that an endpoint and we share, and what is signed with it (Standard Webhooks 1.0): HMAC-SHA256 over id, timestamp and
/// body, under the bytes that the text after <c>whsec_</c> stands for.
/// </summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Length = 32; // the standard takes 24 to 64

    public static string Make() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Where it is sealed for: no other tenant's and no other webhook's row can open it.</summary>
    public static string PlaceOf(int tenantId, Guid webhookId, string what) => $"webhook:{tenantId}:{webhookId:N}:{what}";

    /// <returns><c>v1,</c> and a signature for each secret, separated by spaces.</returns>
    public static string Sign(IEnumerable<string> secrets, string id, long timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed))));
    }
}
