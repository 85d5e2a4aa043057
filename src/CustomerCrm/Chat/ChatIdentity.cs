using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Chat;

/// <summary>A short signed word of the tenant's own program: the visitor of this page is this customer. Pages cannot make one.</summary>
internal sealed class ChatIdentity(SecretBox box, CurrentTenant tenant, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);
    private const int SignatureLength = 16, Length = SignatureLength + 8 + 16;

    public (string Token, DateTimeOffset ExpiresAt) Write(Id<Customer> customerId)
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + Lasts).ToUnixTimeSeconds());
        var body = new byte[8 + 16];
        BinaryPrimitives.WriteInt64BigEndian(body, expiresAt.ToUnixTimeSeconds());
        customerId.ToBytes().CopyTo(body, 8);
        return (Base64Url.EncodeToString([.. Sign(body), .. body]), expiresAt);
    }

    /// <returns>Null: it was not signed here for this tenant, was changed, or has ended.</returns>
    public Id<Customer>? Read(string token)
    {
        if (token.Length > 100 || !Base64Url.IsValid(token)) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length != Length || Base64Url.EncodeToString(bytes) != token) return null;
        var body = bytes[SignatureLength..];
        if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SignatureLength), Sign(body))) return null;
        return DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(body)) > clock.GetUtcNow() ? Id<Customer>.FromBytes(body.AsSpan(8)) : null;
    }

    private byte[] Sign(byte[] body)
    {
        byte[] signed = [.. BitConverter.GetBytes(tenant.Id), .. body];
        return HMACSHA256.HashData(box.KeyFor("chat:identity"), signed)[..SignatureLength];
    }
}
