using System.Security.Cryptography;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Conversations.Replies;

/// <summary>
/// Addresses that say to which conversation an answer belongs: the tenant's own with a signed part behind a plus (RFC 5233). Mail servers may change
/// the case, so nothing depends on it; nobody can make one who has not been written to.
/// </summary>
internal sealed class ReplyAddresses(SecretBox box, CurrentTenant tenant)
{
    private const int LongestLocal = 64, SignatureLength = 8, IdLength = 26;
    private const char Mark = 'c';

    /// <returns>Null: the address leaves no room for it, or has a part of this kind already.</returns>
    public string? Write(string address, Id<Conversation> conversationId)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0) return null;
        var local = $"{address[..at]}+{Mark}{IdText(conversationId)}{Sign(conversationId)}";
        return address[..at].Contains('+', StringComparison.Ordinal) || local.Length > LongestLocal ? null : local + address[at..];
    }

    /// <summary>Which conversation one of the addresses names; null: none does.</summary>
    public Id<Conversation>? Read(IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            var (plus, at) = (address.LastIndexOf('+'), address.LastIndexOf('@'));
            if (plus < 0 || at < plus || at - plus - 1 != 1 + IdLength + (2 * SignatureLength)) continue;
            var text = address[(plus + 1)..at].ToLowerInvariant();
            if (text[0] != Mark || !Id<Conversation>.TryRead($"{Conversation.Prefix}_{text[1..(1 + IdLength)]}", out var id)) continue;
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Sign(id)), System.Text.Encoding.ASCII.GetBytes(text[(1 + IdLength)..]))) return id;
        }
        return null;
    }

    private static string IdText(Id<Conversation> id) => id.ToString()[(Conversation.Prefix.Length + 1)..];

    private string Sign(Id<Conversation> id)
    {
        byte[] signed = [.. BitConverter.GetBytes(tenant.Id), .. id.ToBytes()];
        return Convert.ToHexStringLower(HMACSHA256.HashData(box.KeyFor("conversations:reply"), signed).AsSpan(0, SignatureLength));
    }
}
