using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Platform.Access.Links;

/// <summary>
/// Short signed texts for the paths of links: what one says cannot be changed, and nothing is stored of it. Each is of one tenant and one use; the
/// key is this installation's own.
/// </summary>
public sealed class SignedLinks
{
    private const int SignatureLength = 16, TenantLength = 4, LongestText = 1000;

    private readonly SecretBox box;
    private readonly CurrentTenant tenant;

    internal SignedLinks(SecretBox box, CurrentTenant tenant) => (this.box, this.tenant) = (box, tenant);

    /// <param name="use">What such links are for: one of another use is worth nothing.</param>
    /// <param name="said">What it says. It is not secret.</param>
    public string Write(string use, ReadOnlySpan<byte> said)
    {
        var body = new byte[TenantLength + said.Length];
        BinaryPrimitives.WriteInt32BigEndian(body, tenant.Id);
        said.CopyTo(body.AsSpan(TenantLength));
        return Base64Url.EncodeToString([.. Sign(use, body), .. body]);
    }

    /// <summary>What it says; from then on this request is its tenant's.</summary>
    /// <param name="use">What it has to be for.</param>
    /// <param name="text">As it came.</param>
    /// <param name="holds">Whether what it says is still good. Where not, the request stays nobody's.</param>
    /// <returns>Null if it was not signed here, was changed, or does not hold.</returns>
    public byte[]? Read(string use, string text, Predicate<byte[]> holds)
    {
        if (text.Length > LongestText || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < SignatureLength + TenantLength || Base64Url.EncodeToString(bytes) != text) return null;

        var body = bytes[SignatureLength..];
        if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SignatureLength), Sign(use, body))) return null;
        var said = body[TenantLength..];
        var of = BinaryPrimitives.ReadInt32BigEndian(body);
        // A request that is somebody's already, as on a page with a name of its own, is not another's by a link.
        if (!holds(said) || (tenant.IsSet && tenant.Id != of)) return null;
        tenant.Set(of);
        return said;
    }

    private byte[] Sign(string use, byte[] body) => HMACSHA256.HashData(box.KeyFor($"links:{use}"), body)[..SignatureLength];
}
